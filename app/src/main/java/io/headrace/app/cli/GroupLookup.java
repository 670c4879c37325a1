package io.headrace.app.cli;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Finds groups and offsets, sorted by topic and partition, or says which group is not there. */
final class GroupLookup {

    private static final Comparator<TopicPartition> BY_TOPIC_AND_PARTITION =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private GroupLookup() {}

    static ConsumerGroupDescription describe(Admin admin, String group)
            throws ExecutionException, InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                throw missing(group);
            }
            throw e;
        }
    }

    static CommandFailed missing(String group) {
        return new CommandFailed("there is no group " + group);
    }

    static <V> SortedMap<TopicPartition, V> sorted() {
        return new TreeMap<>(BY_TOPIC_AND_PARTITION);
    }

    /** What the group has committed. */
    static SortedMap<TopicPartition, OffsetAndMetadata> committed(Admin admin, String group)
            throws ExecutionException, InterruptedException {
        SortedMap<TopicPartition, OffsetAndMetadata> committed = sorted();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset);
                    }
                });
        return committed;
    }

    /** A partition that cannot tell has no entry: its topic is gone, or it has no leader. */
    static Map<TopicPartition, Long> offsets(Admin admin, Iterable<TopicPartition> partitions, OffsetSpec which)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new LinkedHashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        var answers = admin.listOffsets(asked);
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        for (TopicPartition partition : asked.keySet()) {
            try {
                ListOffsetsResultInfo info = answers.partitionResult(partition).get();
                offsets.put(partition, info.offset());
            } catch (ExecutionException unknown) {
                if (!(unknown.getCause() instanceof org.apache.kafka.common.errors.RetriableException)) {
                    throw new CommandFailed(unknown.getCause().getMessage(), unknown.getCause());
                }
            }
        }
        return offsets;
    }
}

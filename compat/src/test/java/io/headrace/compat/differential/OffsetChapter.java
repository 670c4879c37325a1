package io.headrace.compat.differential;

import static io.headrace.compat.differential.Batches.NOW_MS;
import static io.headrace.compat.differential.Batches.produce;
import static io.headrace.compat.differential.Batches.records;
import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.topic;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopicCollection;
import org.apache.kafka.common.protocol.ApiKeys;

/** ListOffsets, OffsetForLeaderEpoch and DeleteRecords. */
final class OffsetChapter implements Chapter {

    private static final int ANY_EPOCH = -1;
    private static final int CLIENT = -1;
    private static final int DEBUGGER = -2;

    @Override
    public void ask(Interview interview) throws Exception {
        interview.ask("prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic("timed", 3, 1)));
        for (long time : new long[] {100, 300, 200, 200}) {
            interview.ask(
                    "prepare",
                    ApiKeys.PRODUCE,
                    (w, v) -> produce(w, v, "timed", 0, Batches.of(Compression.NONE, records(3, NOW_MS + time))));
            interview.ask(
                    "prepare",
                    ApiKeys.PRODUCE,
                    (w, v) -> produce(
                            w, v, "timed", 1, Batches.of(Compression.gzip().build(), records(3, NOW_MS + time))));
        }
        lists(interview);
        epochs(interview);
        deletions(interview);
        lists(interview);
    }

    private static void lists(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.LIST_OFFSETS;
        for (long time : new long[] {
            -1,
            -2,
            -3,
            -4,
            -5,
            -6,
            -7,
            Long.MIN_VALUE,
            0,
            NOW_MS,
            NOW_MS + 101,
            NOW_MS + 102,
            NOW_MS + 103,
            NOW_MS + 200,
            NOW_MS + 301,
            NOW_MS + 302,
            NOW_MS + 303,
            Long.MAX_VALUE
        }) {
            String when = "time " + (time > 0 && time < Long.MAX_VALUE ? "now + " + (time - NOW_MS) : time);
            interview.askAtAllVersions(when, api, (_, _) -> list("timed", 0, time));
            interview.ask(when + ", compressed", api, (_, _) -> list("timed", 1, time));
            interview.ask(when + ", empty", api, (_, _) -> list("timed", 2, time));
            interview.ask(
                    when + ", committed", api, (_, _) -> list("timed", 0, time).setIsolationLevel((byte) 1));
        }
        for (int epoch : new int[] {0, 1, -2}) {
            interview.askAtAllVersions("leader epoch " + epoch, api, (_, _) -> {
                ListOffsetsRequestData request = list("timed", 0, -1);
                request.topics().getFirst().partitions().getFirst().setCurrentLeaderEpoch(epoch);
                return request;
            });
        }
        interview.askAtAllVersions("an unknown topic", api, (_, _) -> list("nowhere", 0, -1));
        interview.askAtAllVersions("an unknown partition", api, (_, _) -> list("timed", 9, -1));
        interview.askAtAllVersions("a negative partition", api, (_, _) -> list("timed", -1, -1));
        interview.askAtAllVersions("a bad name", api, (_, _) -> list("a b", 0, -1));
        interview.askAtAllVersions(
                "as the debugger", api, (_, _) -> list("timed", 0, -1).setReplicaId(DEBUGGER));
        interview.askAtAllVersions(
                "as a replica", api, (_, _) -> list("timed", 0, -1).setReplicaId(7));
        interview.askAtAllVersions(
                "isolation level 3", api, (_, _) -> list("timed", 0, -1).setIsolationLevel((byte) 3));
        interview.askAtAllVersions("nothing", api, (_, _) -> new ListOffsetsRequestData().setReplicaId(CLIENT));
        interview.askAtAllVersions("one twice", api, (_, _) -> {
            ListOffsetsRequestData request = list("timed", 0, -1);
            request.topics()
                    .getFirst()
                    .partitions()
                    .add(list("timed", 0, -2).topics().getFirst().partitions().getFirst());
            return request;
        });
        interview.askAtAllVersions("a topic twice", api, (_, _) -> {
            ListOffsetsRequestData request = list("timed", 0, -1);
            request.topics().add(list("timed", 1, -2).topics().getFirst());
            return request;
        });
    }

    private static ListOffsetsRequestData list(String topic, int partition, long time) {
        return new ListOffsetsRequestData()
                .setReplicaId(CLIENT)
                .setTopics(new ArrayList<>(List.of(new ListOffsetsTopic()
                        .setName(topic)
                        .setPartitions(new ArrayList<>(List.of(new ListOffsetsPartition()
                                .setPartitionIndex(partition)
                                .setCurrentLeaderEpoch(ANY_EPOCH)
                                .setTimestamp(time)))))));
    }

    private static void epochs(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.OFFSET_FOR_LEADER_EPOCH;
        for (int epoch : new int[] {0, 1, 5, -1, -2}) {
            interview.askAtAllVersions("epoch " + epoch, api, (_, _) -> epochEnd("timed", 0, ANY_EPOCH, epoch));
            interview.askAtAllVersions(
                    "epoch " + epoch + ", empty", api, (_, _) -> epochEnd("timed", 2, ANY_EPOCH, epoch));
            interview.askAtAllVersions("current epoch " + epoch, api, (_, _) -> epochEnd("timed", 0, epoch, 0));
        }
        interview.askAtAllVersions("an unknown topic", api, (_, _) -> epochEnd("nowhere", 0, ANY_EPOCH, 0));
        interview.askAtAllVersions("an unknown partition", api, (_, _) -> epochEnd("timed", 9, ANY_EPOCH, 0));
        interview.askAtAllVersions(
                "as a replica",
                api,
                (_, _) -> epochEnd("timed", 0, ANY_EPOCH, 0).setReplicaId(7));
        interview.askAtAllVersions(
                "nothing", api, (_, _) -> new OffsetForLeaderEpochRequestData().setReplicaId(CLIENT));
    }

    private static OffsetForLeaderEpochRequestData epochEnd(String topic, int partition, int current, int epoch) {
        return new OffsetForLeaderEpochRequestData()
                .setReplicaId(CLIENT)
                .setTopics(new OffsetForLeaderTopicCollection(List.of(new OffsetForLeaderTopic()
                                .setTopic(topic)
                                .setPartitions(List.of(new OffsetForLeaderPartition()
                                        .setPartition(partition)
                                        .setCurrentLeaderEpoch(current)
                                        .setLeaderEpoch(epoch))))
                        .iterator()));
    }

    private static void deletions(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.DELETE_RECORDS;
        for (long offset : new long[] {0, 2, 1, 4, 12, 13, -1, -2, 100}) {
            interview.askAtAllVersions("before " + offset, api, (_, _) -> deletion("timed", 0, offset));
            interview.ask("before " + offset + ", empty", api, (_, _) -> deletion("timed", 2, offset));
        }
        interview.askAtAllVersions("an unknown topic", api, (_, _) -> deletion("nowhere", 0, 0));
        interview.askAtAllVersions("an unknown partition", api, (_, _) -> deletion("timed", 9, 0));
        interview.askAtAllVersions("a negative partition", api, (_, _) -> deletion("timed", -1, 0));
        interview.askAtAllVersions("nothing", api, (_, _) -> new DeleteRecordsRequestData());
        interview.askAtAllVersions(
                "before 3, no time", api, (_, _) -> deletion("timed", 1, 3).setTimeoutMs(0));
        interview.askAtAllVersions("an internal topic", api, (_, _) -> deletion("__cluster_metadata", 0, 0));
        interview.ask("one twice", api, (_, _) -> deletion("timed", 1, 4, 5));
    }

    private static DeleteRecordsRequestData deletion(String topic, int partition, long... offsets) {
        List<DeleteRecordsPartition> partitions = new ArrayList<>();
        for (long offset : offsets) {
            partitions.add(
                    new DeleteRecordsPartition().setPartitionIndex(partition).setOffset(offset));
        }
        return new DeleteRecordsRequestData()
                .setTimeoutMs(10_000)
                .setTopics(List.of(new DeleteRecordsTopic().setName(topic).setPartitions(partitions)));
    }
}

package io.headrace.metadata;

import io.headrace.ports.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** The topics of an image in the making. */
final class TopicDrafts {

    private final TopicMaps base;
    private final Map<Uuid, Draft> drafts = new LinkedHashMap<>();
    private final Map<Uuid, TopicImage> removed = new LinkedHashMap<>();

    /** Of the partition before: most have the same ones, and ten thousand equal lists would fill megabytes. */
    private List<Integer> lastBrokers = List.of();

    private List<Uuid> lastDirectories = List.of();

    TopicDrafts(TopicMaps base) {
        this.base = base;
    }

    void create(TopicRecord record) {
        Check.that(
                !drafts.containsKey(record.topicId()) && !base.byId().containsKey(record.topicId()),
                "a topic is created once");
        drafts.put(record.topicId(), new Draft(record.name(), record.topicId()));
    }

    void partition(PartitionRecord record) {
        draft(record.topicId()).put(image(record));
    }

    /** Returns the name that the topic had. */
    String remove(Uuid id) {
        Draft draft = drafts.remove(id);
        TopicImage before = base.byId().get(id);
        Check.that((draft != null || before != null) && !removed.containsKey(id), "a topic that is removed exists");
        if (before == null) {
            return draft.name;
        }
        removed.put(id, before);
        return before.name();
    }

    TopicMaps build() {
        if (drafts.isEmpty() && removed.isEmpty()) {
            return base;
        }
        return base.byName().isEmpty() ? buildFromNothing() : buildOnBase();
    }

    private TopicMaps buildOnBase() {
        PSortedMap<String, TopicImage> byName = base.byName();
        PSortedMap<Uuid, TopicImage> byId = base.byId();
        PSortedMap<String, String> collisions = base.nameByCollisionKey();
        int partitions = base.partitionCount();
        for (TopicImage gone : removed.values()) {
            byName = byName.minus(gone.name());
            byId = byId.minus(gone.id());
            collisions = collisions.minus(TopicNames.collisionKey(gone.name()));
            partitions -= gone.partitionCount();
        }
        for (Draft draft : drafts.values()) {
            TopicImage topic = draft.build();
            TopicImage before = byName.get(topic.name());
            Check.that(before == null || before.id().equals(topic.id()), "the name of a topic is given once");
            byName = byName.plus(topic.name(), topic);
            byId = byId.plus(topic.id(), topic);
            if (TopicNames.canCollide(topic.name())) {
                collisions = collisions.plus(TopicNames.collisionKey(topic.name()), topic.name());
            }
            partitions += topic.partitionCount() - (before == null ? 0 : before.partitionCount());
        }
        return new TopicMaps(byName, byId, collisions, partitions);
    }

    /** The way of a snapshot: trees are built in one go from what is sorted. */
    private TopicMaps buildFromNothing() {
        SortedMap<String, TopicImage> byName = new TreeMap<>();
        SortedMap<Uuid, TopicImage> byId = new TreeMap<>();
        SortedMap<String, String> collisions = new TreeMap<>();
        int partitions = 0;
        for (Draft draft : drafts.values()) {
            TopicImage topic = draft.build();
            Check.that(byName.put(topic.name(), topic) == null, "the name of a topic is given once");
            byId.put(topic.id(), topic);
            if (TopicNames.canCollide(topic.name())) {
                collisions.put(TopicNames.collisionKey(topic.name()), topic.name());
            }
            partitions += topic.partitionCount();
        }
        return new TopicMaps(
                TreePMap.fromSortedMap(byName),
                TreePMap.fromSortedMap(byId),
                TreePMap.fromSortedMap(collisions),
                partitions);
    }

    private Draft draft(Uuid topicId) {
        Draft draft = drafts.get(topicId);
        if (draft == null) {
            TopicImage topic = base.byId().get(topicId);
            Check.that(topic != null && !removed.containsKey(topicId), "a partition belongs to a topic that exists");
            draft = new Draft(topic.name(), topicId);
            draft.partitions.addAll(topic.partitions());
            drafts.put(topicId, draft);
        }
        return draft;
    }

    private PartitionImage image(PartitionRecord record) {
        List<Integer> replicas = brokers(record.replicas());
        return new PartitionImage(
                record.partitionId(),
                record.leader(),
                record.leaderEpoch(),
                record.partitionEpoch(),
                replicas,
                brokers(record.isr()),
                directories(record.directories(), replicas.size()));
    }

    private List<Integer> brokers(List<Integer> ids) {
        if (!lastBrokers.equals(ids)) {
            lastBrokers = ids;
        }
        return lastBrokers;
    }

    /** Records from before directories had ids have none. */
    private List<Uuid> directories(List<Uuid> ids, int replicas) {
        List<Uuid> wanted = ids;
        if (wanted.isEmpty() && replicas > 0) {
            wanted = new ArrayList<>(replicas);
            for (int i = 0; i < replicas; i++) {
                wanted.add(Uuid.ZERO_UUID);
            }
        }
        if (!lastDirectories.equals(wanted)) {
            lastDirectories = wanted;
        }
        return lastDirectories;
    }

    /** A topic that has been touched. Partitions may come in any order, but in the end none may be missing. */
    private static final class Draft {
        private final String name;
        private final Uuid id;
        private final List<PartitionImage> partitions = new ArrayList<>(1);

        Draft(String name, Uuid id) {
            this.name = name;
            this.id = id;
        }

        void put(PartitionImage partition) {
            Check.that(
                    partition.id() >= 0 && partition.id() < Limits.PARTITIONS_TOTAL,
                    "a topic has no partition of that number",
                    partition.id(),
                    Limits.PARTITIONS_TOTAL);
            while (partitions.size() <= partition.id()) {
                partitions.add(null);
            }
            partitions.set(partition.id(), partition);
        }

        TopicImage build() {
            for (int i = 0; i < partitions.size(); i++) {
                Check.that(partitions.get(i) != null, "partitions are numbered from 0 without a gap");
            }
            return new TopicImage(name, id, List.of(partitions.toArray(new PartitionImage[0])));
        }
    }
}

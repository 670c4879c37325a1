package io.headrace.coordination.group.consumer.assignor;

import io.headrace.coordination.group.consumer.TopicIdPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.Uuid;

/**
 * The even assignment. Everybody keeps what the target before gave, as far as it is still subscribed to, and, where all
 * subscribe to the same, up to its share; what is free goes to the least loaded subscriber.
 *
 * <p>Where subscriptions differ, partitions then move from the more to the less loaded subscriber of their topic until no
 * two subscribers of a topic differ by more than one, or the passes are used up. Each move brings the loads closer
 * together, so the passes end by themselves.
 */
final class UniformAssignment {

    /** As many as Kafka takes. */
    private static final int PASSES = 16;

    private final ToIntFunction<Uuid> partitionCount;
    private final NavigableMap<String, Load> loads = new TreeMap<>();
    private final NavigableMap<Uuid, List<Load>> subscribers = new TreeMap<>();
    private final Map<TopicIdPartition, Load> owners = new HashMap<>();

    UniformAssignment(Collection<Subscriber> members, ToIntFunction<Uuid> partitionCount) {
        this.partitionCount = partitionCount;
        members.forEach(member -> loads.put(member.memberId(), new Load(member.memberId())));
        for (Subscriber member : members) {
            Load load = loads.get(member.memberId());
            member.topics()
                    .forEach(topicId -> subscribers
                            .computeIfAbsent(topicId, _ -> new ArrayList<>())
                            .add(load));
            member.target().stream()
                    .filter(partition -> member.topics().contains(partition.topicId()))
                    .filter(partition -> partition.partition() < partitionCount.applyAsInt(partition.topicId()))
                    .filter(partition -> !owners.containsKey(partition))
                    .forEach(partition -> give(partition, load));
        }
    }

    NavigableMap<String, NavigableSet<TopicIdPartition>> build() {
        if (loads.isEmpty()) {
            return new TreeMap<>();
        }
        List<Uuid> topics = hardestFirst();
        if (allSubscribeToAll()) {
            trimToShares();
        }
        topics.forEach(this::giveWhatIsFree);
        boolean moved = true;
        for (int pass = 0; pass < PASSES && moved; pass++) {
            moved = false;
            for (Uuid topicId : topics) {
                moved |= balance(topicId);
            }
        }
        NavigableMap<String, NavigableSet<TopicIdPartition>> targets = new TreeMap<>();
        loads.forEach((memberId, load) -> targets.put(memberId, load.partitions));
        return targets;
    }

    private boolean allSubscribeToAll() {
        return subscribers.values().stream().allMatch(ofTopic -> ofTopic.size() == loads.size());
    }

    /** The shares that are larger by one are for those who have so many already. */
    private void trimToShares() {
        int all = subscribers.keySet().stream().mapToInt(partitionCount).sum();
        int share = all / loads.size();
        int larger = all % loads.size();
        for (Load load : loads.values()) {
            int keeps = share;
            if (load.size() > share && larger > 0) {
                keeps++;
                larger--;
            }
            while (load.size() > keeps) {
                owners.remove(load.partitions.pollLast());
            }
        }
    }

    /** Topics whose subscribers must carry most come first, and of those the ones with fewer subscribers. */
    private List<Uuid> hardestFirst() {
        Comparator<Uuid> byShare = Comparator.comparingDouble(topicId -> (double) partitionCount.applyAsInt(topicId)
                / subscribers.get(topicId).size());
        Comparator<Uuid> bySubscribers =
                Comparator.comparingInt(topicId -> subscribers.get(topicId).size());
        return subscribers.keySet().stream()
                .sorted(byShare.reversed().thenComparing(bySubscribers).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private void giveWhatIsFree(Uuid topicId) {
        TreeSet<Load> byLoad = new TreeSet<>(subscribers.get(topicId));
        for (int number = 0; number < partitionCount.applyAsInt(topicId); number++) {
            TopicIdPartition partition = new TopicIdPartition(topicId, number);
            if (!owners.containsKey(partition)) {
                Load least = byLoad.removeFirst();
                give(partition, least);
                byLoad.add(least);
            }
        }
    }

    private boolean balance(Uuid topicId) {
        TreeSet<Load> byLoad = new TreeSet<>(subscribers.get(topicId));
        if (byLoad.last().size() - byLoad.first().size() <= 1) {
            return false;
        }
        Map<Load, Iterator<TopicIdPartition>> movable = new HashMap<>();
        byLoad.forEach(load -> movable.put(load, load.ofTopic(topicId).iterator()));
        TreeSet<Load> givers = new TreeSet<>(byLoad);
        givers.removeIf(load -> !movable.get(load).hasNext());
        boolean moved = false;
        while (!givers.isEmpty() && givers.last().size() - byLoad.first().size() > 1) {
            Load most = givers.removeLast();
            Load least = byLoad.first();
            byLoad.remove(most);
            byLoad.remove(least);
            givers.remove(least);
            TopicIdPartition partition = movable.get(most).next();
            most.partitions.remove(partition);
            give(partition, least);
            moved = true;
            byLoad.add(most);
            byLoad.add(least);
            if (movable.get(most).hasNext()) {
                givers.add(most);
            }
            if (movable.get(least).hasNext()) {
                givers.add(least);
            }
        }
        return moved;
    }

    private void give(TopicIdPartition partition, Load load) {
        owners.put(partition, load);
        load.partitions.add(partition);
    }

    /** A member and what it has so far; ordered by how much that is. While it stands in a sorted set, it must not change. */
    private static final class Load implements Comparable<Load> {

        private final String memberId;
        private final NavigableSet<TopicIdPartition> partitions = new TreeSet<>();

        Load(String memberId) {
            this.memberId = memberId;
        }

        int size() {
            return partitions.size();
        }

        /** The last ones first: what stays with a member are the first ones, as a member that grows will find them. */
        List<TopicIdPartition> ofTopic(Uuid topicId) {
            return new ArrayList<>(partitions.subSet(
                            new TopicIdPartition(topicId, 0), new TopicIdPartition(topicId, Integer.MAX_VALUE)))
                    .reversed();
        }

        @Override
        public int compareTo(Load other) {
            int bySize = Integer.compare(size(), other.size());
            return bySize != 0 ? bySize : memberId.compareTo(other.memberId);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return memberId.hashCode();
        }
    }
}

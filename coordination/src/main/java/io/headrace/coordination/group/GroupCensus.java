package io.headrace.coordination.group;

import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.Origin;
import io.headrace.coordination.Replay;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.GroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.LegacyOffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.ShareGroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.StreamsGroupMetadataKey;

/**
 * Which groups partitions of {@code __consumer_offsets} tell of, those included that have no coordinator here. Takes one
 * partition after the other.
 */
public final class GroupCensus implements Replay {

    /** What a group is, by its records. */
    public enum Kind {
        CLASSIC,
        CONSUMER,
        SHARE,
        STREAMS,
        /** Nothing but committed offsets. */
        OFFSETS_ALONE
    }

    /** One committed offset. */
    private record Place(String group, String topic, int partition) {}

    private final Map<String, Kind> kinds = new TreeMap<>();
    private final Set<Place> offsets = new LinkedHashSet<>();

    @Override
    public void apply(CoordinatorRecord record, Origin origin) {
        switch (record.key()) {
            case GroupMetadataKey key -> note(key.group(), Kind.CLASSIC, record);
            case ConsumerGroupMetadataKey key -> note(key.groupId(), Kind.CONSUMER, record);
            case ShareGroupMetadataKey key -> note(key.groupId(), Kind.SHARE, record);
            case StreamsGroupMetadataKey key -> note(key.groupId(), Kind.STREAMS, record);
            case OffsetCommitKey key -> note(new Place(key.group(), key.topic(), key.partition()), record);
            case LegacyOffsetCommitKey key -> note(new Place(key.group(), key.topic(), key.partition()), record);
            case ApiMessage _ -> {}
        }
    }

    private void note(String group, Kind kind, CoordinatorRecord record) {
        if (!record.isTombstone()) {
            kinds.put(group, kind);
        } else if (kinds.get(group) == kind) {
            kinds.remove(group);
        }
    }

    private void note(Place offset, CoordinatorRecord record) {
        if (record.isTombstone()) {
            offsets.remove(offset);
        } else {
            offsets.add(offset);
        }
    }

    /** Offsets of a transaction are counted as soon as they are written. */
    @Override
    public void applyMarker(long producerId, short producerEpoch, boolean commit) {}

    /** How many there are of each kind; kinds without groups are left out. */
    public Map<Kind, Integer> counts() {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        kinds.values().forEach(kind -> counts.merge(kind, 1, Integer::sum));
        Set<String> alone = new LinkedHashSet<>();
        for (Place offset : offsets) {
            if (!kinds.containsKey(offset.group())) {
                alone.add(offset.group());
            }
        }
        if (!alone.isEmpty()) {
            counts.put(Kind.OFFSETS_ALONE, alone.size());
        }
        return counts;
    }
}

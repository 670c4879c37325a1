package io.headrace.coordination.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.Origin;
import io.headrace.coordination.group.GroupCensus.Kind;
import java.util.Map;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.ConsumerGroupMetadataValue;
import org.apache.kafka.coordinator.group.generated.GroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.GroupMetadataValue;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;
import org.apache.kafka.coordinator.group.generated.ShareGroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.ShareGroupMetadataValue;
import org.apache.kafka.coordinator.group.generated.StreamsGroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.StreamsGroupMetadataValue;
import org.junit.jupiter.api.Test;

final class GroupCensusTest {

    private final GroupCensus census = new GroupCensus();

    private void put(ApiMessage key, ApiMessage value) {
        census.apply(CoordinatorRecord.of(key, value), Origin.NONE);
    }

    private static OffsetCommitKey offset(String group) {
        return new OffsetCommitKey().setGroup(group).setTopic("flights").setPartition(1);
    }

    @Test
    void groupsAreCountedByWhatTheyAre() {
        put(new GroupMetadataKey().setGroup("a"), new GroupMetadataValue());
        put(offset("a"), new OffsetCommitValue());
        put(new GroupMetadataKey().setGroup("b"), new GroupMetadataValue());
        put(new ConsumerGroupMetadataKey().setGroupId("c"), new ConsumerGroupMetadataValue());
        put(new ShareGroupMetadataKey().setGroupId("s"), new ShareGroupMetadataValue());
        put(new StreamsGroupMetadataKey().setGroupId("t"), new StreamsGroupMetadataValue());
        put(offset("o"), new OffsetCommitValue());

        assertThat(census.counts())
                .isEqualTo(Map.of(
                        Kind.CLASSIC, 2, Kind.CONSUMER, 1, Kind.SHARE, 1, Kind.STREAMS, 1, Kind.OFFSETS_ALONE, 1));
    }

    @Test
    void whatWasDeletedIsNotCounted() {
        put(new GroupMetadataKey().setGroup("a"), new GroupMetadataValue());
        put(offset("a"), new OffsetCommitValue());
        census.apply(CoordinatorRecord.tombstone(offset("a")), Origin.NONE);
        census.apply(CoordinatorRecord.tombstone(new GroupMetadataKey().setGroup("a")), Origin.NONE);

        assertThat(census.counts()).isEmpty();
    }

    @Test
    void aGroupThatMovesToTheOtherProtocolIsCountedOnce() {
        put(new GroupMetadataKey().setGroup("a"), new GroupMetadataValue());
        put(new ConsumerGroupMetadataKey().setGroupId("a"), new ConsumerGroupMetadataValue());
        census.apply(CoordinatorRecord.tombstone(new GroupMetadataKey().setGroup("a")), Origin.NONE);

        assertThat(census.counts()).isEqualTo(Map.of(Kind.CONSUMER, 1));
    }
}

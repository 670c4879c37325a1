package io.headrace.coordination.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.Effect;
import io.headrace.coordination.Origin;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.group.consumer.ConsumerGroupSettings;
import java.util.List;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.coordinator.group.generated.CoordinatorRecordType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Groups of Apache Kafka's that there is no coordinator for here leave records, which stay where they are. */
final class ForeignGroupsTest {

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = {"SHARE_.*", "STREAMS_.*"})
    void theirRecordsArePassedOver(CoordinatorRecordType type) {
        GroupCoordinator core = new GroupCoordinator(GroupSettings.defaults(), _ -> ConsumerGroupSettings.defaults());
        for (CoordinatorRecord record : List.of(
                CoordinatorRecord.of(type.newRecordKey(), type.newRecordValue()),
                CoordinatorRecord.tombstone(type.newRecordKey()))) {
            RecordCodec codec = RecordCodec.GROUPS;
            codec.read(codec.key(record), codec.value(record)).ifPresent(read -> core.apply(read, Origin.NONE));
        }
        CoordinatorEnv env = new CoordinatorEnv(0, 0, 1_048_588, null, null);
        RequestContext context = new RequestContext((short) 5, "watcher", "/127.0.0.1", false);

        assertThat(core.loaded(env).records()).isEmpty();
        assertThat(core.step(new GroupEvent.Request(7, context, new ListGroupsRequestData()), env)
                        .effects())
                .containsExactly(new Effect.Answer(7, new ListGroupsResponseData()));
    }
}

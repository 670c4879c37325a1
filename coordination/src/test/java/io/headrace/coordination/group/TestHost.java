package io.headrace.coordination.group;

import io.headrace.coordination.CoordinatorRig;
import io.headrace.coordination.Effect;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.group.consumer.ConsumerGroupSettings;
import java.util.function.BiConsumer;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.coordinator.group.generated.GroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.GroupMetadataValue;

/** What a broker is to a group coordinator, asked in the words of the protocol. */
public final class TestHost extends CoordinatorRig<GroupEvent> {

    /** @param answers takes a ticket and its response once it is released */
    public TestHost(GroupSettings settings, long seed, BiConsumer<Long, ApiMessage> answers) {
        this(settings, seed, false, answers);
    }

    /** @param hasty to release answers at once, as a host must not */
    TestHost(GroupSettings settings, long seed, boolean hasty, BiConsumer<Long, ApiMessage> answers) {
        this(settings, ConsumerGroupSettings.defaults(), seed, hasty, answers);
    }

    TestHost(
            GroupSettings settings,
            ConsumerGroupSettings consumerSettings,
            long seed,
            boolean hasty,
            BiConsumer<Long, ApiMessage> answers) {
        super(
                new Kind<>(
                        RecordCodec.GROUPS,
                        () -> new GroupCoordinator(settings, _ -> consumerSettings),
                        GroupEvent.TimerFired::new),
                seed,
                hasty,
                audience(answers));
    }

    private static Audience audience(BiConsumer<Long, ApiMessage> answers) {
        return new Audience() {
            @Override
            public void answered(long ticket, ApiMessage response) {
                answers.accept(ticket, response);
            }

            @Override
            public void asked(Object task) {
                throw new AssertionError("a group coordinator has no tasks: " + task);
            }
        };
    }

    long ask(ApiMessage request, int version, String clientId) {
        return ask(request, new RequestContext((short) version, clientId, "/127.0.0.1", false));
    }

    public long ask(ApiMessage request, RequestContext context) {
        return ask(ticket -> new GroupEvent.Request(ticket, context, request));
    }

    /** What a request that only asks would be answered now, durable or not. */
    ApiMessage peek(ApiMessage request, int version) {
        RequestContext context = new RequestContext((short) version, "watcher", "/127.0.0.1", false);
        return ((Effect.Answer) peek(new GroupEvent.Request(0, context, request))
                        .effects()
                        .getFirst())
                .response();
    }

    void endTransaction(long producerId, boolean commit) {
        endTransaction(producerId, (short) 0, commit);
    }

    /** The assignment of the group that was written last, durable or not; null before the first. */
    GroupMetadataValue lastGeneration(String groupId) {
        GroupMetadataKey key = new GroupMetadataKey().setGroup(groupId);
        return newestFirst()
                .filter(record -> record.key().equals(key))
                .findFirst()
                .map(record -> (GroupMetadataValue) record.value())
                .orElse(null);
    }
}

package io.headrace.simulation.coordination;

import io.headrace.coordination.Coordinator;
import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.TopicView;
import io.headrace.coordination.group.GroupCoordinator;
import io.headrace.coordination.group.GroupEvent;
import io.headrace.coordination.group.GroupSettings;
import io.headrace.coordination.group.consumer.ConsumerGroupSettings;
import io.headrace.simulation.SeededRandomness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.function.Consumer;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Members of both protocols come and go, in groups that change from one to the other; offsets are committed by members, by
 * nobody and in transactions, deleted, and forgotten when they are old; groups are deleted.
 */
final class GroupHistory implements CoordinatorHistory<GroupEvent> {

    static final List<String> GROUPS = List.of("g0", "g1", "g2");
    static final int PRODUCERS = 3;

    private static final int MEMBERS = 3;
    private static final GroupSettings SETTINGS = new GroupSettings(6_000, 1_800_000, 100, 0, 4096, 90_000, 20_000);

    private final Map<Long, Consumer<ApiMessage>> waiting = new LinkedHashMap<>();
    private final List<ConsumerMember> consumers = new ArrayList<>();
    private final List<ClassicMember> classics = new ArrayList<>();
    private long nextOffset;

    GroupHistory() {
        for (String group : GROUPS) {
            for (int i = 0; i < MEMBERS; i++) {
                consumers.add(new ConsumerMember(group, "m" + i));
                classics.add(new ClassicMember(group));
            }
        }
    }

    @Override
    public RecordCodec codec() {
        return RecordCodec.GROUPS;
    }

    @Override
    public Coordinator<GroupEvent> newCore() {
        return new GroupCoordinator(SETTINGS, _ -> ConsumerGroupSettings.defaults());
    }

    @Override
    public GroupEvent timerFired(Object key) {
        return new GroupEvent.TimerFired(key);
    }

    @Override
    public TopicView topics() {
        return TwoTopics.VIEW;
    }

    // ---- what happens

    @Override
    public void happen(SeededRandomness random, CoordinatorLife<GroupEvent> life) {
        String group = GROUPS.get(random.below(GROUPS.size()));
        ConsumerMember consumer = consumers.get(random.below(consumers.size()));
        ClassicMember classic = classics.get(random.below(classics.size()));
        switch (random.below(24)) {
            case 0, 1, 2 -> ask(life, commit(random, group, "", -1), 9, _ -> {});
            case 3 -> ask(life, commit(random, consumer.group, consumer.memberId, consumer.epoch), 9, _ -> {});
            case 4 -> ask(life, commit(random, classic.group, classic.memberId, classic.generation), 9, _ -> {});
            case 5, 6, 7 -> ask(life, commitInTransaction(random, group), 3, _ -> {});
            case 8, 9 -> endTransaction(random.below(PRODUCERS), random.coin(), life);
            case 10 -> ask(life, delete(random, group), 0, _ -> {});
            case 11 -> ask(life, new DeleteGroupsRequestData().setGroupsNames(List.of(group)), 2, _ -> {});
            case 12, 13, 14, 15 -> ask(life, consumer.beat(), 1, consumer::told);
            case 16 -> ask(life, consumer.leave(), 1, consumer::told);
            case 17, 18 -> ask(life, classic.join(), 3, classic::joined);
            case 19, 20 -> ask(life, classic.sync(), 3, classic::synced);
            case 21 -> ask(life, classic.leave(), 2, _ -> {});
            default -> life.pass(random.between(0, random.oneIn(6) ? 60_000 : 3_000));
        }
    }

    private void ask(
            CoordinatorLife<GroupEvent> life, ApiMessage request, int version, Consumer<ApiMessage> whenAnswered) {
        life.ask(ticket -> {
            waiting.put(ticket, whenAnswered);
            return new GroupEvent.Request(ticket, GroupView.context(version), request);
        });
    }

    private OffsetCommitRequestData commit(SeededRandomness random, String group, String memberId, int epoch) {
        return new OffsetCommitRequestData()
                .setGroupId(group)
                .setMemberId(memberId)
                .setGenerationIdOrMemberEpoch(epoch)
                .setTopics(List.of(new OffsetCommitRequestTopic()
                        .setName("t")
                        .setPartitions(List.of(new OffsetCommitRequestPartition()
                                .setPartitionIndex(random.below(TwoTopics.PARTITIONS))
                                .setCommittedOffset(nextOffset++)))));
    }

    private TxnOffsetCommitRequestData commitInTransaction(SeededRandomness random, String group) {
        return new TxnOffsetCommitRequestData()
                .setTransactionalId("x")
                .setProducerId(random.below(PRODUCERS))
                .setProducerEpoch((short) 0)
                .setGroupId(group)
                .setTopics(List.of(new TxnOffsetCommitRequestTopic()
                        .setName("t")
                        .setPartitions(List.of(new TxnOffsetCommitRequestPartition()
                                .setPartitionIndex(random.below(TwoTopics.PARTITIONS))
                                .setCommittedOffset(nextOffset++)))));
    }

    private static void endTransaction(long producerId, boolean commit, CoordinatorLife<GroupEvent> life) {
        life.log().end(producerId, (short) 0, commit);
        life.tell(new GroupEvent.TransactionEnded(producerId, (short) 0, commit));
    }

    private static OffsetDeleteRequestData delete(SeededRandomness random, String group) {
        OffsetDeleteRequestData request = new OffsetDeleteRequestData().setGroupId(group);
        request.topics()
                .add(new OffsetDeleteRequestTopic()
                        .setName("t")
                        .setPartitions(List.of(new OffsetDeleteRequestPartition()
                                .setPartitionIndex(random.below(TwoTopics.PARTITIONS)))));
        return request;
    }

    @Override
    public void answered(long ticket, ApiMessage response) {
        Consumer<ApiMessage> whenAnswered = waiting.remove(ticket);
        if (whenAnswered != null) {
            whenAnswered.accept(response);
        }
    }

    @Override
    public void asked(Object task, SeededRandomness random, CoordinatorLife<GroupEvent> life) {
        throw new AssertionError("a group coordinator has no tasks: " + task);
    }

    @Override
    public void restarted() {
        waiting.clear();
    }

    @Override
    public NavigableSet<String> everythingIn(Coordinator<GroupEvent> core, CoordinatorEnv env) {
        return new GroupView(core, env).everything();
    }

    @Override
    public void commitAll(Coordinator<GroupEvent> core) {
        for (int producer = 0; producer < PRODUCERS; producer++) {
            core.applyMarker(producer, (short) 0, true);
        }
    }
}

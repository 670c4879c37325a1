package io.headrace.compat.differential;

import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.topic;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;

/** A consumer group whose members join, give up, take, commit, leave and err as chance has it. */
final class RandomGroupChapter implements Chapter {

    private static final int STEPS = 80;
    private static final int PARTITIONS = 6;
    private static final int MEMBERS = 4;

    private final Random random;
    private final String group;
    private final String topic;
    private final List<ConsumerMember> members;

    RandomGroupChapter(long seed) {
        random = new Random(seed);
        group = "random-group-" + seed;
        topic = "random-consumed-" + seed;
        members = Stream.iterate(0, i -> i + 1)
                .limit(MEMBERS)
                .map(i -> new ConsumerMember(group, "m" + i, topic))
                .toList();
    }

    @Override
    public void ask(Interview interview) throws Exception {
        interview.ask("prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic(topic, PARTITIONS, 1)));
        ConsumerGroupChapter.prepare(interview, group);
        for (int step = 0; step < STEPS; step++) {
            ask(interview, step, members.get(random.nextInt(MEMBERS)));
        }
    }

    private void ask(Interview interview, int step, ConsumerMember member) throws Exception {
        short version = version(interview, ApiKeys.CONSUMER_GROUP_HEARTBEAT);
        int number = random.nextInt(PARTITIONS + 1);
        switch (random.nextInt(14)) {
            case 0, 1 -> member.beat(interview, step + " join", version, (r, _) -> member.join(r));
            case 2, 3, 4 -> member.beat(interview, step + " beat", version, (r, _) -> r);
            case 5, 6, 7 -> member.beat(interview, step + " full beat", version, member::all);
            case 8 -> {
                member.beat(interview, step + " leave", version, (r, _) -> r.setMemberEpoch(-1));
                // What is left over is given to the others at once by Headrace, and with the next heartbeat by Kafka.
                for (ConsumerMember one : members) {
                    one.beat(interview, step + " after a leave", version, (r, _) -> r);
                }
            }
            case 9 ->
                member.beat(
                        interview,
                        step + " another epoch",
                        version,
                        (r, w) -> r.setMemberEpoch(Math.max(1, member.epoch(w) + number - 2)));
            case 10 ->
                member.beat(
                        interview,
                        step + " owns " + number,
                        version,
                        (r, w) -> r.setTopicPartitions(List.of(member.partitions(w, Integer.toString(number)))));
            case 11 ->
                member.beat(
                        interview,
                        step + " resubscribe",
                        version,
                        (r, _) -> r.setSubscribedTopicNames(number % 2 == 0 ? List.of() : List.of(topic)));
            case 12 -> {
                int behind = random.nextInt(3) - 1;
                interview.ask(
                        member.about(step + " commit of " + number),
                        version(interview, ApiKeys.OFFSET_COMMIT),
                        (w, v) -> commit(w, v, member, number, behind));
            }
            default ->
                interview.ask(
                        step + " " + group,
                        version(interview, ApiKeys.CONSUMER_GROUP_DESCRIBE),
                        (_, _) -> new ConsumerGroupDescribeRequestData().setGroupIds(List.of(group)));
        }
    }

    private OffsetCommitRequestData commit(
            Witness witness, short version, ConsumerMember member, int number, int behind) {
        OffsetCommitRequestTopic committed = new OffsetCommitRequestTopic()
                .setPartitions(List.of(new OffsetCommitRequestPartition()
                        .setPartitionIndex(number)
                        .setCommittedOffset(5)));
        if (version < GroupChapter.TOPIC_IDS) {
            committed.setName(topic);
        } else {
            committed.setTopicId(witness.topicId(topic));
        }
        return new OffsetCommitRequestData()
                .setGroupId(group)
                .setMemberId(member.id())
                .setGenerationIdOrMemberEpoch(member.epoch(witness) - behind)
                .setTopics(List.of(committed));
    }

    private short version(Interview interview, ApiKeys api) {
        return (short) random.nextInt(interview.oldest(api), interview.newest(api) + 1);
    }
}

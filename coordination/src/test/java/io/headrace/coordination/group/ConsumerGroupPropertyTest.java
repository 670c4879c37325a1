package io.headrace.coordination.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.Member;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds in a consumer group whatever its members do and whenever the coordinator crashes: no partition is used by two
 * members of the group, nobody commits what another member holds, and in the end every partition is used by somebody.
 * More seeds: {@code -Dheadrace.seeds=1000}.
 */
final class ConsumerGroupPropertyTest {

    private static final int EVENTS = 400;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 150));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void membersOfTheConsumerProtocol(long seed) {
        new Run(seed, false).play();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void membersOfBothProtocols(long seed) {
        new Run(seed, true).play();
    }

    private static final class Run {

        private final SplittableRandom random;
        private final boolean mixed;
        private final TestHost host;
        private final List<ChaosClient> clients = new ArrayList<>();

        /** The commits under way that must be refused, by ticket; the others may be. */
        private final Map<Long, Boolean> commits = new LinkedHashMap<>();

        private int created;
        private int topics;

        Run(long seed, boolean mixed) {
            random = new SplittableRandom(seed);
            this.mixed = mixed;
            host = new TestHost(GroupSettings.defaults(), seed, this::released);
            host.topics.create("t", 4);
            host.topics.create("u", 2);
        }

        void play() {
            for (int i = 0; i < EVENTS; i++) {
                event();
                check();
            }
            settle();
        }

        private void released(long ticket, ApiMessage response) {
            if (response instanceof OffsetCommitResponseData commit) {
                short error = commit.topics().getFirst().partitions().getFirst().errorCode();
                if (commits.remove(ticket)) {
                    assertThat(error)
                            .as("a commit for what another member holds")
                            .isNotEqualTo(ErrorCode.NONE.code());
                }
                return;
            }
            clients.stream()
                    .filter(client -> client.ticket == ticket)
                    .findFirst()
                    .ifPresent(client -> client.answered(response));
        }

        // ---- what happens

        private void event() {
            switch (random.nextInt(20)) {
                case 0 -> start();
                case 1 -> someone().ifPresent(client -> client.leave(random.nextBoolean()));
                case 2 -> someone().filter(_ -> random.nextInt(3) == 0).ifPresent(ChaosClient::die);
                case 3 ->
                    someone().filter(_ -> random.nextBoolean()).ifPresent(client -> client.paused = !client.paused);
                case 4 -> someone().ifPresent(this::resubscribe);
                case 5 -> changeTopics();
                case 6 -> host.advance(random.nextInt(3) == 0 ? 20_000 : 500, () -> {});
                case 7 -> someone().ifPresent(ChaosClient::connectionLost);
                case 8 -> crash();
                case 9, 10, 11 -> host.flushTo(host.flushed() + random.nextLong(host.writes() - host.flushed() + 1));
                case 12, 13 -> someone().ifPresent(this::commit);
                default ->
                    someone().filter(client -> !client.paused).ifPresent(client -> {
                        client.reconcile();
                        client.beat();
                    });
            }
        }

        private Optional<ChaosClient> someone() {
            List<ChaosClient> alive =
                    clients.stream().filter(client -> client.alive).toList();
            return alive.isEmpty() ? Optional.empty() : Optional.of(alive.get(random.nextInt(alive.size())));
        }

        private void start() {
            boolean classic = mixed && random.nextBoolean();
            List<ChaosClient> gone =
                    clients.stream().filter(client -> !client.alive).toList();
            if (clients.size() < 6) {
                ChaosClient client = new ChaosClient("c" + created++, host);
                client.self.instanceId = random.nextInt(3) == 0 ? "i" + created : null;
                client.self.assignor = random.nextInt(4) == 0 ? "range" : null;
                client.self.rebalanceTimeoutMs = random.nextBoolean() ? 5_000 : 60_000;
                clients.add(client);
                client.restart(classic);
                resubscribe(client);
            } else if (!gone.isEmpty()) {
                ChaosClient client = gone.get(random.nextInt(gone.size()));
                client.restart(classic);
                resubscribe(client);
            }
        }

        private void resubscribe(ChaosClient client) {
            List<String> some = host.topics.view().names().stream()
                    .filter(_ -> random.nextInt(3) == 0)
                    .toList();
            client.changeSubscription(
                    some.isEmpty() ? List.of("t") : some,
                    random.nextInt(4) == 0 ? List.of("x.*", "t|x1", "none").get(random.nextInt(3)) : null);
        }

        /** A name is not used again, so that a partition is known by the name of its topic. */
        private void changeTopics() {
            List<String> names = List.copyOf(host.topics.view().names());
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(3) == 0) {
                host.topics.create("x" + topics++, random.nextInt(1, 4));
            } else if (name.startsWith("x") && random.nextInt(3) == 0) {
                host.step(new GroupEvent.TopicsDeleted(List.of(host.topics.delete(name))));
            } else if (name.startsWith("x")) {
                host.topics.extend(name, host.topics.view().topic(name).partitionCount() + 1);
            }
        }

        private void crash() {
            host.crash();
            commits.clear();
            clients.stream().filter(client -> client.ticket != 0).forEach(ChaosClient::connectionLost);
        }

        /** Also of one that does not know yet that it is out. */
        private void commit(ChaosClient client) {
            if (client.self.owned.isEmpty()) {
                return;
            }
            String partition = client.self.owned.first();
            int dash = partition.lastIndexOf('-');
            boolean heldByAnother = holders().entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(client.self.memberId))
                    .anyMatch(entry -> entry.getValue().contains(partition));
            OffsetCommitRequestData request = new OffsetCommitRequestData()
                    .setGroupId("g")
                    .setMemberId(client.self.memberId)
                    .setGroupInstanceId(client.self.instanceId)
                    .setGenerationIdOrMemberEpoch(client.self.epoch)
                    .setTopics(List.of(new OffsetCommitRequestTopic()
                            .setName(partition.substring(0, dash))
                            .setPartitions(List.of(new OffsetCommitRequestPartition()
                                    .setPartitionIndex(Integer.parseInt(partition.substring(dash + 1)))
                                    .setCommittedOffset(1)))));
            commits.put(host.ask(request, 9, client.self.name), heldByAnother);
        }

        // ---- what must be so

        private DescribedGroup group() {
            return ((ConsumerGroupDescribeResponseData)
                            host.peek(new ConsumerGroupDescribeRequestData().setGroupIds(List.of("g")), 1))
                    .groups()
                    .getFirst();
        }

        /** What each member holds in the coordinator's eyes, by member id; nothing of a classic group. */
        private Map<String, NavigableSet<String>> holders() {
            Map<String, NavigableSet<String>> holders = new TreeMap<>();
            for (Member member : group().members()) {
                NavigableSet<String> held = new TreeSet<>();
                member.assignment()
                        .topicPartitions()
                        .forEach(topic ->
                                topic.partitions().forEach(number -> held.add(topic.topicName() + "-" + number)));
                holders.put(member.memberId(), held);
            }
            return holders;
        }

        private List<String> classicMembers() {
            return ((DescribeGroupsResponseData) host.peek(new DescribeGroupsRequestData().setGroups(List.of("g")), 5))
                    .groups().getFirst().members().stream()
                            .map(member -> member.memberId())
                            .toList();
        }

        private void check() {
            Map<String, NavigableSet<String>> holders = holders();
            Map<String, String> held = new TreeMap<>();
            holders.forEach((memberId, partitions) -> partitions.forEach(partition ->
                    assertThat(held.put(partition, memberId)).as(partition).isNull()));
            List<String> members = holders.isEmpty() ? classicMembers() : List.copyOf(holders.keySet());
            Map<String, String> used = new TreeMap<>();
            for (ChaosClient client : clients) {
                if (!client.alive || !members.contains(client.self.memberId)) {
                    continue;
                }
                for (String partition : client.self.owned) {
                    assertThat(used.put(partition, client.self.memberId))
                            .as("%s is used by %s and", partition, client.self.memberId)
                            .isNull();
                }
                if (!holders.isEmpty()) {
                    NavigableSet<String> ofTopicsThatExist = new TreeSet<>(client.self.owned);
                    ofTopicsThatExist.removeIf(partition ->
                            host.topics.view().topic(partition.substring(0, partition.lastIndexOf('-'))) == null);
                    assertThat(holders.get(client.self.memberId)).containsAll(ofTopicsThatExist);
                }
            }
        }

        /** The coordinator stays up, everybody who is there goes on, and those who are not time out. */
        private void settle() {
            clients.forEach(client -> client.paused = false);
            clients.forEach(ChaosClient::topicsChanged);
            for (int round = 0; round < 80; round++) {
                host.flush();
                for (ChaosClient client : clients) {
                    client.reconcile();
                    client.beat();
                    host.flush();
                    check();
                }
                host.advance(1_000, host::flush);
            }
            Map<String, TreeSet<String>> expected = new TreeMap<>();
            List<ChaosClient> alive =
                    clients.stream().filter(client -> client.alive).toList();
            for (ChaosClient client : alive) {
                client.self.owned.forEach(partition -> expected.computeIfAbsent(partition, _ -> new TreeSet<>())
                        .add(client.self.name));
            }
            for (String topic : host.topics.view().names()) {
                List<ChaosClient> subscribers = alive.stream()
                        .filter(client -> client.subscribesTo(topic))
                        .toList();
                for (int number = 0; number < host.topics.view().topic(topic).partitionCount(); number++) {
                    String partition = topic + "-" + number;
                    assertThat(expected.getOrDefault(partition, new TreeSet<>()))
                            .as("users of %s", partition)
                            .hasSize(subscribers.isEmpty() ? 0 : 1);
                }
            }
            if (!holders().isEmpty()) {
                assertThat(group().groupState()).isEqualTo("Stable");
            }
            assertThat(host.open()).isEmpty();
        }
    }
}

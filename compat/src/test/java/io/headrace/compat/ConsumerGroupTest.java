package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Consumer groups of both protocols, as an application uses them. */
class ConsumerGroupTest {

    enum Life {
        CLASSIC_STOPPED,
        CLASSIC_KILLED,
        CONSUMER_STOPPED,
        CONSUMER_KILLED;

        private boolean classic() {
            return this == CLASSIC_STOPPED || this == CLASSIC_KILLED;
        }

        private boolean killed() {
            return this == CLASSIC_KILLED || this == CONSUMER_KILLED;
        }
    }

    private static final Duration POLL = Duration.ofMillis(50);

    @TempDir
    Path directory;

    private ServerProcess server;
    private JavaClients clients;

    @BeforeEach
    void start() {
        server = TestServer.in(directory, Map.of("group.initial.rebalance.delay.ms", "0"));
        server.start();
        clients = new JavaClients(server.bootstrap());
    }

    @AfterEach
    void end() {
        clients.close();
        server.close();
    }

    private Consumer<String, String> member(String... configs) {
        List<String> all = new ArrayList<>(List.of("group.id", "group", "heartbeat.interval.ms", "200"));
        all.addAll(List.of(configs));
        return clients.consumer(all.toArray(String[]::new));
    }

    private Consumer<String, String> memberOfConsumerProtocol(String... configs) {
        List<String> all = new ArrayList<>(List.of("group.id", "group", "group.protocol", "consumer"));
        all.addAll(List.of(configs));
        return clients.consumer(all.toArray(String[]::new));
    }

    private void produce(String topic, int partitions, int from, int to) throws Exception {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            records.add(new ProducerRecord<>(topic, i % partitions, null, "v" + i));
        }
        try (Producer<String, String> producer = clients.producer()) {
            JavaClients.send(producer, records);
        }
    }

    private static Set<String> values(int from, int to) {
        Set<String> values = new HashSet<>();
        for (int i = from; i < to; i++) {
            values.add("v" + i);
        }
        return values;
    }

    /** Polls all members by turns, who commit what they get, until they have so many records together. */
    @SafeVarargs
    private static List<String> read(int count, Consumer<String, String>... members) {
        List<String> values = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (values.size() < count) {
            assertThat(System.nanoTime() - deadline)
                    .as("%s of %s records came", values.size(), count)
                    .isNegative();
            for (Consumer<String, String> member : members) {
                for (ConsumerRecord<String, String> record : member.poll(POLL)) {
                    values.add(record.value());
                }
                commit(member);
            }
        }
        return values;
    }

    /** In the middle of a rebalance a member cannot commit; it does so after its next polls. */
    private static void commit(Consumer<String, String> member) {
        try {
            member.commitSync();
        } catch (RebalanceInProgressException later) {
            return;
        }
    }

    @SafeVarargs
    private static void settle(int partitionsEach, Consumer<String, String>... members) throws Exception {
        Eventually.until(partitionsEach + " partitions each", () -> {
            boolean settled = true;
            for (Consumer<String, String> member : members) {
                member.poll(POLL);
                settled &= member.assignment().size() == partitionsEach;
            }
            return settled;
        });
    }

    @ParameterizedTest
    @EnumSource
    void aGroupGoesOnWhereItHasCommitted(Life life) throws Exception {
        clients.createTopic("topic", 4);
        produce("topic", 4, 0, 400);
        try (Consumer<String, String> one = life.classic() ? member() : memberOfConsumerProtocol()) {
            one.subscribe(List.of("topic"));
            assertThat(read(400, one)).hasSize(400).containsAll(values(0, 400));

            if (life.killed()) {
                server.kill();
            } else {
                server.stop();
            }
            server.start();
            produce("topic", 4, 400, 500);

            assertThat(read(100, one))
                    .as("the member of before, as if nothing had been")
                    .containsExactlyInAnyOrderElementsOf(values(400, 500));
        }
        produce("topic", 4, 500, 600);
        try (Consumer<String, String> next = life.classic() ? member() : memberOfConsumerProtocol()) {
            next.subscribe(List.of("topic"));
            assertThat(read(100, next)).containsExactlyInAnyOrderElementsOf(values(500, 600));
        }
    }

    @ParameterizedTest
    @EnumSource
    void membersShareThePartitionsAndTakeOverFromEachOther(Sharing sharing) throws Exception {
        clients.createTopic("topic", 4);
        try (Consumer<String, String> one = member(sharing)) {
            one.subscribe(List.of("topic"));
            settle(4, one);
            try (Consumer<String, String> two = member(sharing)) {
                two.subscribe(List.of("topic"));
                settle(2, one, two);
                produce("topic", 4, 0, 100);
                assertThat(read(100, one, two)).containsExactlyInAnyOrderElementsOf(values(0, 100));
            }
            settle(4, one);
            produce("topic", 4, 100, 200);
            assertThat(read(100, one)).containsExactlyInAnyOrderElementsOf(values(100, 200));
        }
    }

    enum Sharing {
        EAGER("partition.assignment.strategy", "org.apache.kafka.clients.consumer.RoundRobinAssignor"),
        COOPERATIVE("partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"),
        UNIFORM("group.remote.assignor", "uniform"),
        RANGE("group.remote.assignor", "range");

        private final String key;
        private final String value;

        Sharing(String key, String value) {
            this.key = key;
            this.value = value;
        }
    }

    private Consumer<String, String> member(Sharing sharing) {
        return switch (sharing) {
            case EAGER, COOPERATIVE -> member(sharing.key, sharing.value);
            case UNIFORM, RANGE -> memberOfConsumerProtocol(sharing.key, sharing.value);
        };
    }

    @Test
    void aGroupMovesToTheConsumerProtocolAndBackMemberByMember() throws Exception {
        clients.createTopic("topic", 4);
        produce("topic", 4, 0, 100);
        try (Consumer<String, String> old = member("partition.assignment.strategy", Sharing.COOPERATIVE.value);
                Consumer<String, String> modern = memberOfConsumerProtocol()) {
            old.subscribe(List.of("topic"));
            assertThat(read(100, old)).containsExactlyInAnyOrderElementsOf(values(0, 100));

            modern.subscribe(List.of("topic"));
            settle(2, old, modern);
            assertThat(type()).isEqualTo(GroupType.CONSUMER);
            produce("topic", 4, 100, 200);
            assertThat(read(100, old, modern)).containsExactlyInAnyOrderElementsOf(values(100, 200));

            old.unsubscribe();
            settle(4, modern);
            produce("topic", 4, 200, 300);
            assertThat(read(100, modern)).containsExactlyInAnyOrderElementsOf(values(200, 300));

            old.subscribe(List.of("topic"));
            settle(2, old, modern);
            produce("topic", 4, 300, 400);
            assertThat(read(100, old, modern)).containsExactlyInAnyOrderElementsOf(values(300, 400));

            modern.unsubscribe();
            settle(4, old);
            assertThat(type()).isEqualTo(GroupType.CLASSIC);
            produce("topic", 4, 400, 500);
            assertThat(read(100, old)).containsExactlyInAnyOrderElementsOf(values(400, 500));
        }
        assertThat(offsets(clients.admin()).values())
                .hasSize(4)
                .allSatisfy(committed -> assertThat(committed.offset()).isEqualTo(125));
    }

    private GroupType type() throws Exception {
        return clients.admin().listGroups().all().get().iterator().next().type().orElseThrow();
    }

    @Test
    void aPatternFindsTopicsThatComeLater() throws Exception {
        clients.createTopic("orders-1", 1);
        try (Consumer<String, String> member = memberOfConsumerProtocol()) {
            member.subscribe(new SubscriptionPattern("orders-.*"));
            settle(1, member);

            clients.createTopic("orders-2", 2);

            settle(3, member);
        }
    }

    @Test
    void aStaticMemberComesBackWithoutARebalance() throws Exception {
        clients.createTopic("topic", 4);
        int generation;
        Set<TopicPartition> before;
        try (Consumer<String, String> one = member("group.instance.id", "one")) {
            one.subscribe(List.of("topic"));
            try (Consumer<String, String> two = member("group.instance.id", "two")) {
                two.subscribe(List.of("topic"));
                settle(2, one, two);
                generation = one.groupMetadata().generationId();
                before = two.assignment();
            }

            try (Consumer<String, String> again = member("group.instance.id", "two")) {
                again.subscribe(List.of("topic"));
                settle(2, one, again);

                assertThat(again.assignment()).isEqualTo(before);
                assertThat(again.groupMetadata().generationId()).isEqualTo(generation);
            }
        }
    }

    @Test
    void offsetsAreCommittedWithoutAGroupToo() throws Exception {
        TopicPartition partition = clients.partition("topic");
        produce("topic", 1, 0, 10);
        try (Consumer<String, String> alone = clients.consumer("group.id", "alone")) {
            alone.assign(List.of(partition));
            alone.commitSync(Map.of(partition, new OffsetAndMetadata(7, "half-way")));
        }

        try (Consumer<String, String> alone = clients.consumer("group.id", "alone")) {
            alone.assign(List.of(partition));

            assertThat(alone.committed(Set.of(partition)).get(partition).metadata())
                    .isEqualTo("half-way");
            assertThat(alone.position(partition)).isEqualTo(7);
        }
    }

    @Test
    void aCommitThatTheTopicsLimitForbidsIsRefusedAndTheGroupGoesOn() throws Exception {
        clients.createTopic("topic", 4);
        produce("topic", 4, 0, 100);
        TopicPartition partition = new TopicPartition("topic", 0);
        Map<TopicPartition, OffsetAndMetadata> wordy = Map.of(partition, new OffsetAndMetadata(1, "m".repeat(2_000)));
        try (Consumer<String, String> member = member()) {
            member.subscribe(List.of("topic"));
            assertThat(read(100, member)).hasSize(100);
            limitOffsetsTopic(1_000);

            Eventually.until("the limit counts", () -> isRefused(member, wordy));
            produce("topic", 4, 100, 200);
            assertThat(read(100, member)).containsExactlyInAnyOrderElementsOf(values(100, 200));

            limitOffsetsTopic(10_000);
            Eventually.until("the limit is higher", () -> !isRefused(member, wordy));
        }
    }

    private void limitOffsetsTopic(int bytes) throws Exception {
        ConfigResource offsets = new ConfigResource(ConfigResource.Type.TOPIC, "__consumer_offsets");
        AlterConfigOp limit = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
        clients.admin()
                .incrementalAlterConfigs(Map.of(offsets, List.of(limit)))
                .all()
                .get();
    }

    private static boolean isRefused(Consumer<String, String> member, Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            member.commitSync(offsets);
            return false;
        } catch (KafkaException refused) {
            assertThat(refused).hasMessageContaining("unexpected");
            return true;
        }
    }

    @Test
    void groupsAreListedDescribedChangedAndDeleted() throws Exception {
        clients.createTopic("topic", 2);
        TopicPartition partition = new TopicPartition("topic", 0);
        produce("topic", 2, 0, 10);
        Admin admin = clients.admin();
        try (Consumer<String, String> member = member("client.id", "somebody")) {
            member.subscribe(List.of("topic"));
            read(10, member);

            assertThat(admin.listGroups().all().get())
                    .extracting(
                            GroupListing::groupId, group -> group.groupState().orElseThrow())
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("group", GroupState.STABLE));
            ConsumerGroupDescription group =
                    admin.describeConsumerGroups(List.of("group")).all().get().get("group");
            assertThat(group.groupState()).isEqualTo(GroupState.STABLE);
            assertThat(group.members()).singleElement().satisfies(one -> {
                assertThat(one.clientId()).isEqualTo("somebody");
                assertThat(one.host()).startsWith("/");
                assertThat(one.assignment().topicPartitions()).hasSize(2);
            });
            assertThat(JavaClients.failure(
                            admin.deleteConsumerGroups(List.of("group")).all()))
                    .isInstanceOf(GroupNotEmptyException.class);
            assertThat(JavaClients.failure(admin.deleteConsumerGroupOffsets("group", Set.of(partition))
                            .all()))
                    .isInstanceOf(GroupSubscribedToTopicException.class);
        }

        admin.alterConsumerGroupOffsets("group", Map.of(partition, new OffsetAndMetadata(1)))
                .all()
                .get();
        assertThat(offsets(admin).get(partition).offset()).isEqualTo(1);
        admin.deleteConsumerGroupOffsets("group", Set.of(partition)).all().get();
        assertThat(offsets(admin)).doesNotContainKey(partition);
        admin.deleteConsumerGroups(List.of("group")).all().get();
        assertThat(admin.listGroups().all().get()).isEmpty();
        assertThat(JavaClients.failure(
                        admin.deleteConsumerGroups(List.of("group")).all()))
                .isInstanceOf(GroupIdNotFoundException.class);
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Admin admin) throws Exception {
        return admin.listConsumerGroupOffsets("group")
                .partitionsToOffsetAndMetadata()
                .get();
    }

    @Test
    void offsetsOfADeletedTopicAreForgotten() throws Exception {
        clients.createTopic("topic", 1);
        produce("topic", 1, 0, 3);
        try (Consumer<String, String> member = member()) {
            member.subscribe(List.of("topic"));
            read(3, member);
        }
        assertThat(offsets(clients.admin())).hasSize(1);

        clients.admin().deleteTopics(List.of("topic")).all().get();

        Eventually.until("no offsets", () -> offsets(clients.admin()).isEmpty());
    }

    @Test
    void theOffsetsTopicIsTheBrokersOwn() throws Exception {
        clients.createTopic("topic", 1);
        try (Consumer<String, String> member = member()) {
            member.subscribe(List.of("topic"));
            settle(1, member);
        }
        Admin admin = clients.admin();

        assertThat(admin.listTopics().names().get()).containsExactly("topic");
        assertThat(admin.listTopics(new ListTopicsOptions().listInternal(true))
                        .names()
                        .get())
                .contains("__consumer_offsets");
        assertThat(admin.describeTopics(List.of("__consumer_offsets"))
                        .allTopicNames()
                        .get()
                        .get("__consumer_offsets"))
                .satisfies(topic -> {
                    assertThat(topic.isInternal()).isTrue();
                    assertThat(topic.partitions()).hasSize(50);
                });
        try (Producer<String, String> producer = clients.producer()) {
            assertThat(JavaClients.failure(producer.send(new ProducerRecord<>("__consumer_offsets", 0, "k", "v"))))
                    .isInstanceOf(InvalidTopicException.class);
        }
        assertThat(JavaClients.failure(admin.deleteRecords(
                                Map.of(new TopicPartition("__consumer_offsets", 0), RecordsToDelete.beforeOffset(0)))
                        .all()))
                .isInstanceOf(InvalidTopicException.class);
    }

    @Test
    void aClientThatGoesAwayWhileItJoinsIsNotWaitedForForEver() throws Exception {
        clients.createTopic("topic", 2);
        try (Consumer<String, String> member = member("max.poll.interval.ms", "3000", "session.timeout.ms", "6000")) {
            member.subscribe(List.of("topic"));
            settle(2, member);
            try (RawClient raw = RawClient.connect(server.port())) {
                raw.call(new FindCoordinatorRequestData().setKey("group"), 3, new FindCoordinatorResponseData());
                JoinGroupRequestData join = new JoinGroupRequestData()
                        .setGroupId("group")
                        .setSessionTimeoutMs(6000)
                        .setRebalanceTimeoutMs(3000)
                        .setProtocolType("consumer");
                byte[] subscribedToNothing = {0, 0, 0, 0, 0, 0, -1, -1, -1, -1};
                join.protocols()
                        .add(new JoinGroupRequestProtocol().setName("range").setMetadata(subscribedToNothing));
                raw.send(join, 3);
            }

            settle(2, member);
            produce("topic", 2, 0, 10);
            assertThat(read(10, member)).hasSize(10);
        }
    }
}

package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DeleteTopicsResult;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicAdminTest {

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults().set("num.partitions", "3");

    @Test
    void aNewTopicIsListedAndDescribed() throws Exception {
        CreateTopicsResult created = admin().createTopics(List.of(new NewTopic("described", 2, (short) 1)));
        Uuid id = created.topicId("described").get();
        assertThat(created.numPartitions("described").get()).isEqualTo(2);
        assertThat(created.replicationFactor("described").get()).isEqualTo(1);
        assertThat(created.config("described").get().get("retention.ms").value())
                .isEqualTo("604800000");

        assertThat(admin().listTopics().names().get()).contains("described");
        TopicDescription byName = describe("described");
        TopicDescription byId = admin().describeTopics(TopicCollection.ofTopicIds(List.of(id)))
                .allTopicIds()
                .get()
                .get(id);
        assertThat(byName.topicId()).isEqualTo(id);
        assertThat(byName.isInternal()).isFalse();
        assertThat(byName.partitions()).hasSize(2);
        for (TopicPartitionInfo partition : byName.partitions()) {
            assertThat(partition.leader().id()).isEqualTo(1);
            assertThat(partition.replicas()).hasSize(1);
            assertThat(partition.isr()).hasSize(1);
        }
        assertThat(byId.name()).isEqualTo("described");
        assertThat(byId.partitions()).hasSize(2);
    }

    @Test
    void theBrokersDefaultsFillInWhatIsLeftOut() throws Exception {
        admin().createTopics(List.of(new NewTopic("defaulted", Optional.empty(), Optional.empty())))
                .all()
                .get();

        assertThat(describe("defaulted").partitions()).hasSize(3);
    }

    @Test
    void replicasMayBeAssignedByHand() throws Exception {
        admin().createTopics(List.of(new NewTopic("assigned", Map.of(0, List.of(1), 1, List.of(1)))))
                .all()
                .get();
        KafkaFuture<Void> toNobody = admin().createTopics(List.of(new NewTopic("nobody", Map.of(0, List.of(77)))))
                .all();

        assertThat(describe("assigned").partitions()).hasSize(2);
        assertThat(JavaClients.failure(toNobody)).isInstanceOf(InvalidReplicaAssignmentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "with space", "über", "a/b", "a:b"})
    void aNameThatIsNoneIsRefused(String name) throws Exception {
        KafkaFuture<Void> created =
                admin().createTopics(List.of(new NewTopic(name, 1, (short) 1))).all();

        assertThat(JavaClients.failure(created)).isInstanceOf(InvalidTopicException.class);
    }

    @Test
    void aNameOf249CharactersIsTheLongest() throws Exception {
        String longest = "n".repeat(249);
        server.clients().createTopic(longest, 1);

        assertThat(admin().listTopics().names().get()).contains(longest);
        assertThat(JavaClients.failure(admin().createTopics(List.of(new NewTopic(longest + "n", 1, (short) 1)))
                        .all()))
                .isInstanceOf(InvalidTopicException.class);
    }

    @Test
    void namesThatDifferInADotAndAnUnderscoreCollide() throws Exception {
        server.clients().createTopic("a.b_c", 1);

        assertThat(JavaClients.failure(admin().createTopics(List.of(new NewTopic("a_b.c", 1, (short) 1)))
                        .all()))
                .isInstanceOf(InvalidTopicException.class);
    }

    @Test
    void inAMixedRequestEachTopicHasItsOwnAnswer() throws Exception {
        server.clients().createTopic("exists", 1);

        Map<String, KafkaFuture<Void>> answers = admin().createTopics(List.of(
                        new NewTopic("good", 1, (short) 1),
                        new NewTopic("exists", 1, (short) 1),
                        new NewTopic("bad name", 1, (short) 1),
                        new NewTopic("no-partitions", 0, (short) 1),
                        new NewTopic("many-replicas", 1, (short) 3),
                        new NewTopic("bad-value", 1, (short) 1).configs(Map.of("retention.ms", "soon")),
                        new NewTopic("bad-key", 1, (short) 1).configs(Map.of("no.such.key", "1"))))
                .values();

        answers.get("good").get();
        assertThat(JavaClients.failure(answers.get("exists"))).isInstanceOf(TopicExistsException.class);
        assertThat(JavaClients.failure(answers.get("bad name"))).isInstanceOf(InvalidTopicException.class);
        assertThat(JavaClients.failure(answers.get("no-partitions"))).isInstanceOf(InvalidPartitionsException.class);
        assertThat(JavaClients.failure(answers.get("many-replicas")))
                .isInstanceOf(InvalidReplicationFactorException.class);
        assertThat(JavaClients.failure(answers.get("bad-value"))).isInstanceOf(InvalidConfigurationException.class);
        assertThat(JavaClients.failure(answers.get("bad-key"))).isInstanceOf(InvalidConfigurationException.class);
        assertThat(admin().listTopics().names().get())
                .contains("good")
                .doesNotContain("no-partitions", "many-replicas", "bad-value", "bad-key");
    }

    @Test
    void whatIsOnlyValidatedIsNotCreated() throws Exception {
        CreateTopicsOptions onlyLook = new CreateTopicsOptions().validateOnly(true);
        admin().createTopics(List.of(new NewTopic("imagined", 1, (short) 1)), onlyLook)
                .all()
                .get();

        assertThat(admin().listTopics().names().get()).doesNotContain("imagined");
        assertThat(JavaClients.failure(admin().createTopics(List.of(new NewTopic("imagined", -5, (short) 1)), onlyLook)
                        .all()))
                .isInstanceOf(InvalidPartitionsException.class);
    }

    @Test
    void partitionsAreAddedAndNeverTakenAway() throws Exception {
        server.clients().createTopic("growing", 2);
        server.clients().produce(new TopicPartition("growing", 1), "old");

        admin().createPartitions(Map.of("growing", NewPartitions.increaseTo(5)))
                .all()
                .get();
        Map<String, NewPartitions> nonsense = new TreeMap<>();
        nonsense.put("growing", NewPartitions.increaseTo(3));
        nonsense.put("absent", NewPartitions.increaseTo(3));
        Map<String, KafkaFuture<Void>> refused =
                admin().createPartitions(nonsense).values();

        assertThat(JavaClients.failure(refused.get("growing"))).isInstanceOf(InvalidPartitionsException.class);
        assertThat(JavaClients.failure(refused.get("absent"))).isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThat(describe("growing").partitions()).hasSize(5);
        server.clients().produce(new TopicPartition("growing", 4), "new");
        assertThat(server.clients().readValues(new TopicPartition("growing", 1), 1))
                .containsExactly("old");
        assertThat(server.clients().readValues(new TopicPartition("growing", 4), 1))
                .containsExactly("new");
    }

    @Test
    void deletedTopicsAreGone() throws Exception {
        server.clients().createTopic("doomed", 2);
        TopicPartition byId = server.clients().partition("doomed-by-id");
        server.clients().produce(byId, "gone");
        Uuid id = describe("doomed-by-id").topicId();

        admin().deleteTopics(List.of("doomed")).all().get();
        admin().deleteTopics(TopicCollection.ofTopicIds(List.of(id))).all().get();

        assertThat(admin().listTopics().names().get()).doesNotContain("doomed", "doomed-by-id");
        DeleteTopicsResult again = admin().deleteTopics(List.of("doomed"));
        assertThat(JavaClients.failure(again.all())).isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThat(JavaClients.failure(admin().deleteTopics(TopicCollection.ofTopicIds(List.of(id)))
                        .all()))
                .isInstanceOf(UnknownTopicIdException.class);
        assertThat(JavaClients.failure(admin().describeTopics(List.of("doomed")).allTopicNames()))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThat(JavaClients.failure(admin().describeTopics(TopicCollection.ofTopicIds(List.of(id)))
                        .allTopicIds()))
                .isInstanceOf(UnknownTopicIdException.class);
    }

    @Test
    void manyTopicsAreDescribedInOneGo() throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            topics.add(new NewTopic("fleet-" + i, 5, (short) 1));
        }
        admin().createTopics(topics).all().get();
        List<String> names = topics.stream().map(NewTopic::name).toList();

        Map<String, TopicDescription> described =
                admin().describeTopics(names).allTopicNames().get();

        assertThat(described).hasSize(60);
        assertThat(described.values())
                .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(5));
        Set<Uuid> ids = Set.copyOf(
                described.values().stream().map(TopicDescription::topicId).toList());
        assertThat(ids).hasSize(60);
    }

    @Test
    void aTopicIsCreatedByWhoeverProducesToIt() throws Exception {
        try (Producer<String, String> producer = server.clients().producer()) {
            producer.send(new ProducerRecord<>("spontaneous", 0, null, "hello")).get();
        }

        assertThat(describe("spontaneous").partitions()).hasSize(3);
        assertThat(server.clients().readValues(new TopicPartition("spontaneous", 0), 1))
                .containsExactly("hello");
    }

    private static Admin admin() {
        return server.clients().admin();
    }

    private static TopicDescription describe(String topic) throws Exception {
        return admin().describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    }
}

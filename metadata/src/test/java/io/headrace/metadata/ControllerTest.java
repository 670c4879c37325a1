package io.headrace.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.metadata.config.ConfigLayers;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicConfigs;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the transcripts cannot show well. */
final class ControllerTest {

    private static CreatableTopicResult create(TestController controller, String topic, boolean describing) {
        CreateTopicsRequestData request = new CreateTopicsRequestData();
        request.topics()
                .add(new CreatableTopic().setName(topic).setNumPartitions(-1).setReplicationFactor((short) -1));
        CreateTopicsResponseData response = controller.take(new ControllerEvent.CreateTopics(request, describing));
        return response.topics().find(topic);
    }

    @Test
    void aNewTopicIsDescribedWithAllOfItsConfigurations() {
        TestController controller = new TestController();
        controller.ask("alter broker/{log.retention.ms=77}");

        CreatableTopicResult result = create(controller, "flights", true);

        assertThat(result.topicId())
                .isEqualTo(controller.image().topic("flights").id());
        assertThat(result.configs())
                .hasSizeGreaterThan(30)
                .isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()));
        CreatableTopicConfigs retention = result.configs().stream()
                .filter(config -> config.name().equals("retention.ms"))
                .findFirst()
                .orElseThrow();
        assertThat(retention.value()).isEqualTo("77");
        assertThat(retention.configSource()).isEqualTo((byte) 3);
    }

    @Test
    void aTopicThatNobodyWillLookAtIsNotDescribed() {
        assertThat(create(new TestController(), "flights", false).configs()).isNull();
    }

    @Test
    void whatTheRequestLeavesOpenIsConfigured() {
        ControllerSettings settings = new ControllerSettings(1, 7, (short) 1, true, ConfigLayers.NONE);

        CreatableTopicResult result = create(new TestController(settings), "flights", false);

        assertThat(result.numPartitions()).isEqualTo(7);
        assertThat(result.replicationFactor()).isEqualTo((short) 1);
    }

    @Test
    void moreReplicasByDefaultThanThereAreBrokersAreRefused() {
        ControllerSettings settings = new ControllerSettings(1, 1, (short) 3, true, ConfigLayers.NONE);

        CreatableTopicResult result = create(new TestController(settings), "flights", false);

        assertThat(result.errorCode()).isEqualTo(ErrorCode.INVALID_REPLICATION_FACTOR.code());
    }

    @ParameterizedTest
    @CsvSource({"1, INVALID_REQUEST", "2, INVALID_REQUEST", "3, TOPIC_DELETION_DISABLED", "5, TOPIC_DELETION_DISABLED"})
    void whereTopicsCannotBeDeletedTheErrorIsOneThatTheClientKnows(short version, ErrorCode expected) {
        TestController controller =
                new TestController(new ControllerSettings(1, 1, (short) 1, false, ConfigLayers.NONE));
        controller.ask("create flights:1:1");

        DeleteTopicsRequestData request = new DeleteTopicsRequestData().setTopicNames(List.of("flights", "nosuch"));
        DeleteTopicsResponseData response = controller.take(new ControllerEvent.DeleteTopics(request, version));

        assertThat(response.responses()).hasSize(2).allMatch(result -> result.errorCode() == expected.code());
        assertThat(controller.image().topic("flights")).isNotNull();
    }

    @Test
    void topicsAreNamedByNameAloneInOlderVersions() {
        TestController controller = new TestController();
        controller.ask("create a:1:1 b:1:1");

        DeleteTopicsRequestData request = new DeleteTopicsRequestData().setTopicNames(List.of("a", "nosuch", "a", "b"));
        DeleteTopicsResponseData response = controller.take(new ControllerEvent.DeleteTopics(request, (short) 5));

        assertThat(Script.answers(response, Map.of()))
                .satisfiesExactly(
                        a -> assertThat(a).startsWith("a INVALID_REQUEST"),
                        nosuch -> assertThat(nosuch).startsWith("nosuch UNKNOWN_TOPIC_OR_PARTITION"),
                        b -> assertThat(b).startsWith("b NONE"));
    }

    @Test
    void theClusterHasRoomForSoManyPartitions() {
        TestController controller = new TestController();
        for (int i = 0; i < Limits.PARTITIONS_TOTAL / Limits.PARTITIONS_PER_REQUEST; i++) {
            controller.ask("create t" + i + ":" + Limits.PARTITIONS_PER_REQUEST + ":1");
        }

        assertThat(controller.image().partitionCount()).isEqualTo(Limits.PARTITIONS_TOTAL);
        assertThat(controller.ask("create more:1:1")).singleElement().asString().startsWith("more INVALID_PARTITIONS");
        assertThat(controller.ask("grow t0:10001")).singleElement().asString().startsWith("t0 INVALID_PARTITIONS");
    }

    @Test
    void aRequestHasSoMuchConfigurationAtMost() {
        TestController controller = new TestController();
        controller.ask("create flights:1:1");
        String value = "x".repeat(Limits.CONFIG_CHARS_PER_REQUEST);

        List<String> answers = new ArrayList<>();
        answers.addAll(controller.ask("create big:1:1{retention.ms=" + value + "} small:1:1"));
        answers.addAll(controller.ask("alter topic/flights{retention.ms=" + value + "}"));
        answers.addAll(controller.ask("replace topic/flights{retention.ms=" + value + "}"));

        assertThat(answers).hasSize(4).allMatch(answer -> answer.contains(" POLICY_VIOLATION"));
    }

    @Test
    void aTopicKeepsItsPlaceInTheImageWhenItGrows() {
        TestController controller = new TestController();
        controller.ask("create flights:1:1{retention.ms=5}");
        Uuid id = controller.image().topic("flights").id();
        MetadataImage before = controller.image();

        controller.ask("grow flights:3");

        assertThat(controller.image().topic(id).partitionCount()).isEqualTo(3);
        assertThat(before.topic(id).partitionCount()).isEqualTo(1);
        assertThat(controller.image().configs(ConfigResource.topic("flights"))).containsEntry("retention.ms", "5");
        assertThat(controller.image().topic(id).partition(2).directoryOf(1)).isEqualTo(TestController.DIRECTORY);
        assertThat(controller.image().topic(id).partition(3)).isNull();
    }

    @Test
    void idsAreRandomUuidsThatNoCommandLineTakesForAnOption() {
        TestController controller = new TestController();
        for (int i = 0; i < 5000; i++) {
            Uuid id = controller.env().newId();
            assertThat(id.toString()).doesNotStartWith("-").hasSize(22);
            assertThat(id.getMostSignificantBits() >>> 12 & 0xf).isEqualTo(4);
        }
    }
}

package io.headrace.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Conversations with the controller, to be read: {@code >} is what it is asked, below stands what it answers, and behind
 * {@code +} the records that it writes.
 */
final class TranscriptTest {

    private final TestController controller = new TestController();
    private final Map<Uuid, String> names = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "creating-topics",
                "deleting-topics",
                "more-partitions",
                "configurations",
                "brokers",
                "replicas-and-features"
            })
    void theControllerSaysWhatTheTranscriptSays(String name) {
        String transcript = Resources.text("transcripts/" + name + ".txt");

        StringBuilder happened = new StringBuilder();
        for (String line : transcript.lines().toList()) {
            if (line.startsWith("> ")) {
                happened.append(line).append('\n');
                exchange(line.substring(2), happened);
            } else if (line.isEmpty() || line.startsWith("#")) {
                happened.append(line).append('\n');
            }
        }

        assertThat(happened).hasToString(transcript);
    }

    private void exchange(String request, StringBuilder happened) {
        for (String answer : answers(request)) {
            happened.append("  ").append(answer).append('\n');
        }
        for (ApiMessage record : controller.lastRecords()) {
            happened.append("  + ").append(RecordText.of(record, names)).append('\n');
        }
    }

    private List<String> answers(String request) {
        List<String> words = new ArrayList<>(List.of(request.split(" ")));
        if (request.startsWith("producer-ids")) {
            ProducerIdBlock block = controller.take(new ControllerEvent.AllocateProducerIds(1));
            return List.of(block.count() + " from " + block.first() + " on");
        }
        if (request.startsWith("register")) {
            int id = Integer.parseInt(words.get(1));
            BrokerRegistration usual = TestController.registration(id);
            String rack = words.size() > 2 ? words.get(2) : null;
            BrokerImage broker = controller.take(new ControllerEvent.RegisterBroker(
                    new BrokerRegistration(id, usual.endpoints(), rack, usual.logDirectories())));
            return List.of("broker " + broker.id() + " has epoch " + broker.epoch());
        }
        ControllerEvent<?> event = AdminScript.event(request);
        return event == null ? controller.ask(request) : AdminScript.answers(controller.take(event));
    }
}

package io.headrace.metadata;

import io.headrace.ports.Randomness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.protocol.ApiMessage;

/** A controller of one broker, number 1, that is asked in the words of {@link Script}. */
final class TestController {

    static final Uuid DIRECTORY = new Uuid(0x1111_2222_3333_4444L, 0x5555_6666_7777_8888L);

    private final Controller core = new Controller(MetadataImage.empty("test-cluster"));
    private final ControllerEnv env;
    private final Map<String, Uuid> topicIds = new LinkedHashMap<>();
    private List<ApiMessage> lastRecords = List.of();

    TestController() {
        this(ControllerSettings.defaults(1));
    }

    TestController(ControllerSettings settings) {
        SplittableRandom random = new SplittableRandom(1);
        Randomness ids = random::nextLong;
        this.env = new ControllerEnv(settings, ids);
        take(new ControllerEvent.RegisterBroker(registration(1)));
    }

    static BrokerRegistration registration(int id) {
        Endpoint endpoint = new Endpoint("PLAINTEXT", "broker" + id, 9092, (short) 0);
        return new BrokerRegistration(id, List.of(endpoint), null, List.of(DIRECTORY));
    }

    MetadataImage image() {
        return core.image();
    }

    ControllerEnv env() {
        return env;
    }

    /** Of the last event. */
    List<ApiMessage> lastRecords() {
        return lastRecords;
    }

    /** Has the controller decide, and applies what it decided. */
    <R> R take(ControllerEvent<R> event) {
        Decision<R> decision = core.step(event, env);
        lastRecords = decision.records();
        core.apply(lastRecords, core.image().offset() + lastRecords.size());
        for (TopicImage topic : core.image().topics()) {
            topicIds.put(topic.name(), topic.id());
        }
        return decision.response();
    }

    /** The answer to one line, element by element. */
    List<String> ask(String line) {
        ApiMessage response = (ApiMessage) take(event(Script.request(line, topicIds)));
        return new ArrayList<>(Script.answers(response, topicIds));
    }

    static ControllerEvent<?> event(ApiMessage request) {
        return switch (request) {
            case CreateTopicsRequestData create -> new ControllerEvent.CreateTopics(create, true);
            case DeleteTopicsRequestData delete -> new ControllerEvent.DeleteTopics(delete, (short) 6);
            case CreatePartitionsRequestData grow -> new ControllerEvent.CreatePartitions(grow);
            case IncrementalAlterConfigsRequestData alter -> new ControllerEvent.IncrementalAlterConfigs(alter);
            case AlterConfigsRequestData replace -> new ControllerEvent.AlterConfigs(replace);
            default -> throw new IllegalArgumentException(request.toString());
        };
    }
}

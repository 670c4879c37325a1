package io.headrace.metadata;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsAssignment;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Requests and responses as lines that one can read.
 *
 * <pre>
 * create [validate] NAME:PARTITIONS:REPLICAS{key=value;key=value}  or  NAME@0=1,2/1=2,1 ...
 * delete NAME id(NAME) both(NAME) id(?) ...
 * grow [validate] NAME:COUNT  or  NAME:COUNT@1,2/2,1 ...
 * alter [validate] topic/NAME{key=value;key+=item;key-=item;key!} broker/1{..} broker/{..} ...
 * replace [validate] topic/NAME{key=value} ...
 * </pre>
 *
 * What is left out is -1; {@code key?} gives no value; {@code 'empty'} is the empty name.
 */
final class Script {

    private static final Uuid NO_TOPIC = new Uuid(7, 7);

    private Script() {}

    static ApiMessage request(String line, Map<String, Uuid> ids) {
        List<String> words = new ArrayList<>(List.of(line.trim().split(" +")));
        String verb = words.removeFirst();
        boolean validate = !words.isEmpty() && words.getFirst().equals("validate");
        if (validate) {
            words.removeFirst();
        }
        return switch (verb) {
            case "create" -> create(words).setValidateOnly(validate);
            case "delete" -> delete(words, ids);
            case "grow" -> grow(words).setValidateOnly(validate);
            case "alter" -> alter(words).setValidateOnly(validate);
            case "replace" -> replace(words).setValidateOnly(validate);
            default -> throw new IllegalArgumentException(line);
        };
    }

    private static CreateTopicsRequestData create(List<String> words) {
        CreateTopicsRequestData request = new CreateTopicsRequestData().setTimeoutMs(10_000);
        for (String word : words) {
            String head = before(word, '{');
            List<String> numbers = list(before(head, '@'), ":");
            CreatableTopic topic = new CreatableTopic()
                    .setName(name(numbers.getFirst()))
                    .setNumPartitions(numbers.size() > 1 ? Integer.parseInt(numbers.get(1)) : -1)
                    .setReplicationFactor(numbers.size() > 2 ? Short.parseShort(numbers.get(2)) : -1);
            for (String config : inBraces(word)) {
                topic.configs()
                        .add(new CreatableTopicConfig().setName(key(config)).setValue(value(config)));
            }
            for (String assignment : list(after(head, '@'), "/")) {
                topic.assignments()
                        .add(new CreatableReplicaAssignment()
                                .setPartitionIndex(Integer.parseInt(before(assignment, '=')))
                                .setBrokerIds(numbers(after(assignment, '='))));
            }
            request.topics().add(topic);
        }
        return request;
    }

    private static DeleteTopicsRequestData delete(List<String> words, Map<String, Uuid> ids) {
        DeleteTopicsRequestData request = new DeleteTopicsRequestData().setTimeoutMs(10_000);
        for (String word : words) {
            String inner = before(after(word, '('), ')');
            Uuid id = ids.getOrDefault(inner, NO_TOPIC);
            DeleteTopicState state = new DeleteTopicState();
            if (word.startsWith("id(")) {
                state.setName(null).setTopicId(id);
            } else if (word.startsWith("both(")) {
                state.setName(inner).setTopicId(id);
            } else if (word.equals("neither()")) {
                state.setName(null);
            } else {
                state.setName(name(word));
            }
            request.topics().add(state);
        }
        return request;
    }

    private static CreatePartitionsRequestData grow(List<String> words) {
        CreatePartitionsRequestData request = new CreatePartitionsRequestData().setTimeoutMs(10_000);
        for (String word : words) {
            String head = before(word, '@');
            CreatePartitionsTopic topic = new CreatePartitionsTopic()
                    .setName(name(before(head, ':')))
                    .setCount(Integer.parseInt(after(head, ':')))
                    .setAssignments(null);
            if (word.indexOf('@') >= 0) {
                topic.setAssignments(new ArrayList<>());
                for (String brokers : list(after(word, '@'), "/")) {
                    topic.assignments().add(new CreatePartitionsAssignment().setBrokerIds(numbers(brokers)));
                }
            }
            request.topics().add(topic);
        }
        return request;
    }

    private static IncrementalAlterConfigsRequestData alter(List<String> words) {
        IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
        for (String word : words) {
            var resource = new IncrementalAlterConfigsRequestData.AlterConfigsResource()
                    .setResourceType(type(before(word, '/')))
                    .setResourceName(before(after(word, '/'), '{'));
            for (String config : inBraces(word)) {
                resource.configs()
                        .add(new IncrementalAlterConfigsRequestData.AlterableConfig()
                                .setName(key(config))
                                .setValue(value(config))
                                .setConfigOperation(operation(config)));
            }
            request.resources().add(resource);
        }
        return request;
    }

    private static AlterConfigsRequestData replace(List<String> words) {
        AlterConfigsRequestData request = new AlterConfigsRequestData();
        for (String word : words) {
            var resource = new AlterConfigsRequestData.AlterConfigsResource()
                    .setResourceType(type(before(word, '/')))
                    .setResourceName(before(after(word, '/'), '{'));
            for (String config : inBraces(word)) {
                resource.configs()
                        .add(new AlterConfigsRequestData.AlterableConfig()
                                .setName(key(config))
                                .setValue(value(config)));
            }
            request.resources().add(resource);
        }
        return request;
    }

    /** One line for each element of the response: what it is about, its error, and after a dash the message. */
    static List<String> answers(ApiMessage response, Map<String, Uuid> ids) {
        List<String> lines = new ArrayList<>();
        switch (response) {
            case CreateTopicsResponseData created -> {
                for (var topic : created.topics()) {
                    boolean good = topic.errorCode() == 0;
                    lines.add(line(topic.name(), topic.errorCode(), topic.errorMessage())
                            + (good
                                    ? " with " + topic.numPartitions() + " partitions of " + topic.replicationFactor()
                                    : ""));
                }
            }
            case DeleteTopicsResponseData deleted -> {
                for (var topic : deleted.responses()) {
                    String subject = topic.name() == null ? idName(topic.topicId(), ids) : topic.name();
                    lines.add(line(subject, topic.errorCode(), topic.errorMessage()));
                }
            }
            case CreatePartitionsResponseData grown -> {
                for (var topic : grown.results()) {
                    lines.add(line(topic.name(), topic.errorCode(), topic.errorMessage()));
                }
            }
            case IncrementalAlterConfigsResponseData altered -> {
                for (var resource : altered.responses()) {
                    String subject = typeName(resource.resourceType()) + "/" + resource.resourceName();
                    lines.add(line(subject, resource.errorCode(), resource.errorMessage()));
                }
            }
            case AlterConfigsResponseData replaced -> {
                for (var resource : replaced.responses()) {
                    String subject = typeName(resource.resourceType()) + "/" + resource.resourceName();
                    lines.add(line(subject, resource.errorCode(), resource.errorMessage()));
                }
            }
            default -> throw new IllegalArgumentException(response.toString());
        }
        return lines;
    }

    private static String line(String subject, short code, String message) {
        String shown = subject.isEmpty() ? "'empty'" : subject;
        return shown + " " + ErrorCode.forCode(code) + (message == null ? "" : " - " + message);
    }

    private static String idName(Uuid id, Map<String, Uuid> ids) {
        for (Map.Entry<String, Uuid> known : ids.entrySet()) {
            if (known.getValue().equals(id)) {
                return "id(" + known.getKey() + ")";
            }
        }
        return id.equals(Uuid.ZERO_UUID) ? "neither()" : "id(?)";
    }

    private static final List<String> TYPES = List.of("topic", "broker", "logger", "metrics", "group", "other");
    private static final List<Integer> TYPE_CODES = List.of(2, 4, 8, 16, 32, 99);

    private static byte type(String word) {
        return TYPE_CODES.get(TYPES.indexOf(word)).byteValue();
    }

    private static String typeName(byte code) {
        return TYPES.get(TYPE_CODES.indexOf((int) code));
    }

    private static String name(String word) {
        return word.equals("'empty'") ? "" : word;
    }

    private static String key(String config) {
        int end = config.indexOf('=');
        String head = end < 0 ? config : config.substring(0, end);
        return head.endsWith("+") || head.endsWith("-") || head.endsWith("!") || head.endsWith("?")
                ? head.substring(0, head.length() - 1)
                : head;
    }

    private static String value(String config) {
        int at = config.indexOf('=');
        return at < 0 ? null : config.substring(at + 1);
    }

    private static byte operation(String config) {
        String head = before(config, '=');
        return (byte) (head.endsWith("!") ? 1 : head.endsWith("+") ? 2 : head.endsWith("-") ? 3 : 0);
    }

    private static List<String> inBraces(String word) {
        return list(before(after(word, '{'), '}'), ";");
    }

    private static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String number : list(text, ",")) {
            numbers.add(Integer.valueOf(number));
        }
        return numbers;
    }

    private static List<String> list(String text, String separator) {
        return text.isEmpty() ? List.of() : List.of(text.split(separator));
    }

    private static String before(String text, char mark) {
        int at = text.indexOf(mark);
        return at < 0 ? text : text.substring(0, at);
    }

    private static String after(String text, char mark) {
        int at = text.indexOf(mark);
        return at < 0 ? "" : text.substring(at + 1);
    }
}

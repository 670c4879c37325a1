package io.headrace.compat.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.protocol.Errors;

/**
 * Replaces, in an answer, what must differ between two servers: what each makes up (ids), where it lives (ports, folders),
 * when it was asked, and the words of a message. Error codes become names, and the partitions of an assignment are sorted.
 */
final class NormalForm {

    private static final long RECENTLY_MS = 3_600_000;

    private final Names names;

    NormalForm(Names names) {
        this.names = names;
    }

    JsonNode of(JsonNode answer) {
        learn(answer);
        return rewritten("", answer);
    }

    private void learn(JsonNode node) {
        if (node.isObject()) {
            JsonNode id = node.get("topicId");
            JsonNode name = node.get("name");
            if (id != null && name != null && name.isTextual()) {
                names.topic(id.asText(), name.asText());
            }
            JsonNode member = node.get("memberId");
            if (member != null && node.has("leader") && !member.asText().isEmpty()) {
                names.memberGiven(member.asText());
            }
            JsonNode producer = node.get("producerId");
            if (producer != null && node.has("throttleTimeMs") && producer.asLong() >= 0) {
                names.producerGiven(producer.asLong());
            }
        }
        node.forEach(this::learn);
    }

    private JsonNode rewritten(String field, JsonNode node) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                object.set(member.getKey(), rewritten(member.getKey(), member.getValue()));
            }
            return object;
        }
        if (node.isArray()) {
            List<JsonNode> elements = new ArrayList<>();
            node.forEach(element -> elements.add(rewritten(field, element)));
            if (field.equals("partitions") && elements.stream().allMatch(JsonNode::isInt)) {
                elements.sort(Comparator.comparingInt(JsonNode::asInt));
            }
            return new ArrayNode(JsonNodeFactory.instance, elements);
        }
        return node.isNull() ? node : scalar(field, node);
    }

    private JsonNode scalar(String field, JsonNode value) {
        return switch (field) {
            case "errorCode", "partitionErrorCode" ->
                text(Errors.forCode((short) value.asInt()).name());
            case "errorMessage", "batchIndexErrorMessage", "documentation" -> text("text");
            case "topicId" -> text(names.topic(value.asText()));
            case "producerId" -> text(names.producer(value.asLong()));
            case "memberId", "leader" -> value.isTextual() ? text(names.member(value.asText())) : value;
            case "sessionId" -> value.asInt() == 0 ? value : text("session");
            case "clusterId" -> text("cluster");
            case "port" -> text("port");
            case "totalBytes", "usableBytes", "finalizedFeaturesEpoch" -> value.asLong() < 0 ? value : text("number");
            case "logAppendTimeMs", "transactionStartTimeMs", "lastFetchTimestamp", "lastCaughtUpTimestamp" ->
                isRecent(value.asLong()) ? text("now") : value;
            default -> value.isTextual() ? text(names.hidden(value.asText())) : value;
        };
    }

    private static boolean isRecent(long timestampMs) {
        return Math.abs(System.currentTimeMillis() - timestampMs) < RECENTLY_MS;
    }

    private static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }
}

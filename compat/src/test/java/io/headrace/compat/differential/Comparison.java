package io.headrace.compat.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks two answers in their normal form, side by side, and notes where they differ. */
final class Comparison {

    static final String ABSENT = "(absent)";

    private static final List<String> IDENTITY = List.of(
            "resourceType",
            "resourceName",
            "groupId",
            "memberId",
            "name",
            "topicName",
            "topic",
            "topicId",
            "partitionIndex",
            "partition",
            "index",
            "apiKey",
            "nodeId",
            "brokerId",
            "logDir",
            "producerId");

    /** Arrays whose order means something, although their elements have names. */
    private static final Set<String> ORDERED = Set.of("synonyms", "batches", "records");

    /** A topic may be told of in several pieces, each with some of its partitions; they are taken together. */
    private static final List<String> PARTS = List.of("partitions", "partitionResponses");

    private final Question question;
    private final List<Difference> differences = new ArrayList<>();

    private Comparison(Question question) {
        this.question = question;
    }

    static List<Difference> of(Question question, JsonNode ours, JsonNode theirs) {
        Comparison comparison = new Comparison(question);
        comparison.compare("", "", ours, theirs);
        return comparison.differences;
    }

    private void compare(String path, String field, JsonNode ours, JsonNode theirs) {
        if (ours == null || theirs == null) {
            differences.add(new Difference(question, path, text(ours), text(theirs)));
        } else if (ours.isObject() && theirs.isObject()) {
            compareAll(path.isEmpty() ? "" : path + ".", "", members(ours), members(theirs));
        } else if (ours.isArray() && theirs.isArray() && (namesElements(ours) || namesElements(theirs))) {
            compareAll(path + "(", ")", elements(field, ours), elements(field, theirs));
        } else if (!ours.equals(theirs)) {
            differences.add(new Difference(question, path, text(ours), text(theirs)));
        }
    }

    private void compareAll(String before, String after, Map<String, JsonNode> ours, Map<String, JsonNode> theirs) {
        Set<String> names = new LinkedHashSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        for (String name : names) {
            compare(before + name + after, name, ours.get(name), theirs.get(name));
        }
    }

    private static Map<String, JsonNode> members(JsonNode object) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    private static boolean namesElements(JsonNode array) {
        return !array.isEmpty() && array.get(0).isObject();
    }

    private static Map<String, JsonNode> elements(String field, JsonNode array) {
        Map<String, JsonNode> elements = new LinkedHashMap<>();
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            String name = ORDERED.contains(field) ? Integer.toString(i) : identity(element, i);
            JsonNode before = elements.get(name);
            if (before != null && isMerged(before, element)) {
                continue;
            }
            String unique = name;
            for (int again = 2; elements.containsKey(unique); again++) {
                unique = name + " #" + again;
            }
            elements.put(unique, element);
        }
        return elements;
    }

    private static boolean isMerged(JsonNode before, JsonNode element) {
        for (String parts : PARTS) {
            if (before.get(parts) instanceof ArrayNode all && element.get(parts) instanceof ArrayNode more) {
                all.addAll(more);
                return true;
            }
        }
        return false;
    }

    private static String identity(JsonNode element, int position) {
        List<String> parts = new ArrayList<>();
        for (String field : IDENTITY) {
            JsonNode value = element.get(field);
            if (value != null && !value.isNull()) {
                parts.add(value.asText());
            }
        }
        return parts.isEmpty() ? Integer.toString(position) : String.join(" ", parts);
    }

    private static String text(JsonNode node) {
        if (node == null) {
            return ABSENT;
        }
        return node.isTextual() ? node.asText() : node.toString();
    }
}

package io.headrace.app.cli;

import io.headrace.app.terminal.JsonLine;
import io.headrace.app.terminal.JsonLine.Malformed;
import io.headrace.app.terminal.JsonLine.Raw;
import io.headrace.app.terminal.JsonText;
import io.headrace.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A record as a JSON object on one line. What {@code consume --json} writes {@code produce --json} reads, every byte the
 * same: what is not UTF-8 stands in a field of its own, as {@code keyBase64} for {@code key}. Read, a value may be any
 * JSON: a string is its text, null is no value, and everything else is kept as it was written.
 */
final class JsonRecords implements RecordFormat, LineFormat {

    private static final String BASE64 = "Base64";

    private final String topic;
    private final Integer partition;

    /** {@code topic} and, unless null, {@code partition} are those of the records that are read. */
    JsonRecords(String topic, Integer partition) {
        this.topic = topic;
        this.partition = partition;
    }

    @Override
    public void write(ConsumerRecord<byte[], byte[]> record, Terminal terminal) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("topic", record.topic());
        object.put("partition", record.partition());
        object.put("offset", record.offset());
        object.put("timestamp", record.timestamp());
        put(object, "key", record.key());
        put(object, "value", record.value());
        List<Object> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            Map<String, Object> field = new LinkedHashMap<>();
            field.put("key", header.key());
            put(field, "value", header.value());
            headers.add(field);
        }
        object.put("headers", headers);
        terminal.line(JsonText.of(object));
    }

    private static void put(Map<String, Object> object, String name, byte[] bytes) {
        String text = bytes == null ? null : Utf8.decode(bytes);
        if (bytes == null || text != null) {
            object.put(name, text);
        } else {
            object.put(name + BASE64, Base64.getEncoder().encodeToString(bytes));
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> read(byte[] line) throws BadLine {
        String text = Utf8.decode(line);
        if (text == null) {
            throw new BadLine("it is not UTF-8");
        }
        try {
            if (JsonLine.parse(text) instanceof Map<?, ?> object) {
                return record(object);
            }
            throw new BadLine("it is no JSON object");
        } catch (Malformed e) {
            throw new BadLine("it is no JSON: " + e.getMessage(), e);
        }
    }

    private ProducerRecord<byte[], byte[]> record(Map<?, ?> object) throws BadLine, Malformed {
        Integer to = partition;
        Long timestamp = null;
        List<Header> headers = List.of();
        for (Map.Entry<?, ?> field : object.entrySet()) {
            switch ((String) field.getKey()) {
                case "key", "value", "keyBase64", "valueBase64", "topic", "offset" -> {}
                case "partition" ->
                    to = partition != null ? partition : Integer.valueOf((int) number(field, Integer.MAX_VALUE));
                case "timestamp" -> timestamp = number(field, Long.MAX_VALUE);
                case "headers" -> headers = headers(field.getValue());
                default ->
                    throw new BadLine(field.getKey()
                            + " is no field of a record; there are key, value, headers, partition and timestamp");
            }
        }
        return new ProducerRecord<>(topic, to, timestamp, bytes(object, "key"), bytes(object, "value"), headers);
    }

    private static long number(Map.Entry<?, ?> field, long most) throws BadLine {
        try {
            long number = Long.parseLong(field.getValue() instanceof Raw raw ? raw.json() : "");
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new BadLine(field.getKey() + " has to be a whole number", notANumber);
        }
        throw new BadLine(field.getKey() + " is out of range");
    }

    private static List<Header> headers(Object value) throws BadLine, Malformed {
        List<Header> headers = new ArrayList<>();
        Object parsed = value instanceof Raw raw ? raw.parse() : value;
        switch (parsed) {
            case null -> {}
            case Map<?, ?> object -> {
                for (Object key : object.keySet()) {
                    headers.add(new RecordHeader((String) key, bytes(object, (String) key)));
                }
            }
            case List<?> list -> {
                for (Object element : list) {
                    headers.add(header(element instanceof Raw raw ? raw.parse() : element));
                }
            }
            default -> throw new BadLine("headers has to be an object, or an array of key and value");
        }
        return headers;
    }

    private static Header header(Object element) throws BadLine {
        if (element instanceof Map<?, ?> object && object.get("key") instanceof String key) {
            return new RecordHeader(key, bytes(object, "value"));
        }
        throw new BadLine("an element of headers has to be an object with key and value");
    }

    private static byte[] bytes(Map<?, ?> object, String name) throws BadLine {
        if (object.get(name + BASE64) instanceof String base64) {
            try {
                return Base64.getDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                throw new BadLine(name + BASE64 + " is no Base64", e);
            }
        }
        return switch (object.get(name)) {
            case null -> null;
            case String text -> Utf8.encode(text);
            case Raw raw -> Utf8.encode(raw.json());
            default -> throw new BadLine(name + " cannot be read");
        };
    }
}

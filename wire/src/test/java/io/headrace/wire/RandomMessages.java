package io.headrace.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.CompactArrayOf;
import org.apache.kafka.common.protocol.types.Field;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;
import org.apache.kafka.common.utils.internals.ByteUtils;

/** Writes random but valid messages, following the schemas that kafka-clients publishes of its own protocol. */
final class RandomMessages {

    private static final int MAX_BYTES = 1 << 20;

    private final Random random;
    private final ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);

    RandomMessages(Random random) {
        this.random = random;
    }

    /** A message of the schema in a buffer of its own. */
    ByteBuffer message(Schema schema) {
        out.clear();
        struct(schema);
        out.flip();
        return ByteBuffer.allocate(out.remaining()).put(out).flip();
    }

    private void struct(Schema schema) {
        if (schema.isNullable()) {
            boolean present = random.nextBoolean();
            out.put((byte) (present ? 1 : -1));
            if (!present) {
                return;
            }
        }
        for (BoundField field : schema.fields()) {
            value(field.def.type);
        }
    }

    private void value(Type type) {
        if (type instanceof TaggedFields tagged) {
            taggedFields(tagged);
        } else if (type instanceof Schema schema) {
            struct(schema);
        } else if (type.isArray()) {
            array(type);
        } else {
            primitive(type);
        }
    }

    private void array(Type type) {
        int count = type.isNullable() && random.nextInt(4) == 0 ? -1 : random.nextInt(4);
        if (type instanceof CompactArrayOf) {
            ByteUtils.writeUnsignedVarint(count + 1, out);
        } else {
            out.putInt(count);
        }
        for (int i = 0; i < count; i++) {
            value(type.arrayElementType().orElseThrow());
        }
    }

    /** Some of the known tags and now and then one that nobody knows, in ascending order as the format asks. */
    private void taggedFields(TaggedFields tagged) {
        Map<Integer, byte[]> chosen = new TreeMap<>();
        for (Map.Entry<Integer, Field> known : tagged.fields().entrySet()) {
            if (random.nextBoolean()) {
                int start = out.position();
                value(known.getValue().type);
                byte[] bytes = new byte[out.position() - start];
                out.get(start, bytes);
                out.position(start);
                chosen.put(known.getKey(), bytes);
            }
        }
        if (random.nextInt(4) == 0) {
            chosen.put(1000 + random.nextInt(1000), bytes(5));
        }
        ByteUtils.writeUnsignedVarint(chosen.size(), out);
        chosen.forEach((tag, bytes) -> {
            ByteUtils.writeUnsignedVarint(tag, out);
            ByteUtils.writeUnsignedVarint(bytes.length, out);
            out.put(bytes);
        });
    }

    private void primitive(Type type) {
        boolean isNull = type.isNullable() && random.nextInt(4) == 0;
        switch (type.toString()) {
            case "BOOLEAN" -> out.put((byte) random.nextInt(2));
            case "INT8" -> out.put((byte) random.nextInt());
            case "INT16", "UINT16" -> out.putShort((short) random.nextInt());
            case "INT32", "UINT32" -> out.putInt(random.nextInt());
            case "INT64" -> out.putLong(random.nextLong());
            case "FLOAT64" -> out.putDouble(random.nextDouble());
            case "UUID" -> out.putLong(random.nextLong()).putLong(random.nextLong());
            case "STRING", "NULLABLE_STRING" -> {
                byte[] text = isNull ? null : text();
                out.putShort((short) (isNull ? -1 : text.length));
                put(text);
            }
            case "BYTES", "NULLABLE_BYTES", "RECORDS", "NULLABLE_RECORDS" -> {
                byte[] bytes = isNull ? null : bytes(100);
                out.putInt(isNull ? -1 : bytes.length);
                put(bytes);
            }
            case "COMPACT_STRING", "COMPACT_NULLABLE_STRING" -> compact(isNull ? null : text());
            case "COMPACT_BYTES", "COMPACT_NULLABLE_BYTES", "COMPACT_RECORDS", "COMPACT_NULLABLE_RECORDS" ->
                compact(isNull ? null : bytes(100));
            default -> throw new AssertionError("a field of an unknown type " + type);
        }
    }

    private void compact(byte[] bytes) {
        ByteUtils.writeUnsignedVarint(bytes == null ? 0 : bytes.length + 1, out);
        put(bytes);
    }

    private void put(byte[] bytes) {
        if (bytes != null) {
            out.put(bytes);
        }
    }

    private byte[] text() {
        String letters = Integer.toString(random.nextInt(Integer.MAX_VALUE), 36);
        return letters.substring(0, random.nextInt(letters.length() + 1)).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] bytes(int max) {
        byte[] bytes = new byte[random.nextInt(max)];
        random.nextBytes(bytes);
        return bytes;
    }
}

package io.headrace.coordination;

import io.headrace.wire.ByteReader;
import io.headrace.wire.MalformedMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageSizeAccumulator;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/**
 * Kafka's framing of a coordinator's records: a key is the number of its type (int16) and the key's message, a value is
 * the version of its schema (int16) and the value's message. Every version that Kafka 4.4 reads is read here.
 */
public final class RecordCodec {

    public static final RecordCodec GROUPS = new RecordCodec(RecordSchema.groups());
    public static final RecordCodec TRANSACTIONS = new RecordCodec(RecordSchema.transactions());

    /** Key schemas have this one version; the number in front of a key names its type. */
    private static final short KEY_VERSION = 0;

    /** Lengths, offset and timestamp, at most. */
    private static final int RECORD_FRAME_BYTES = 32;

    private final List<RecordSchema> schemas;

    private RecordCodec(List<RecordSchema> schemas) {
        this.schemas = schemas;
    }

    public ByteBuffer key(CoordinatorRecord record) {
        return write(record.key().apiKey(), record.key(), KEY_VERSION);
    }

    /** Null of a tombstone. */
    public ByteBuffer value(CoordinatorRecord record) {
        return record.isTombstone() ? null : write(record.valueVersion(), record.value(), record.valueVersion());
    }

    /**
     * Reads both buffers from position to limit. Throws {@link MalformedMessage} for a known type whose bytes cannot be read.
     *
     * @param value null of a tombstone
     * @return empty for a type that this release does not know, which loading passes over as Kafka does
     */
    public Optional<CoordinatorRecord> read(ByteBuffer key, ByteBuffer value) {
        short type = new ByteReader(key).readShort();
        return schemas.stream()
                .filter(schema -> schema.type() == type)
                .findFirst()
                .map(schema -> read(schema, key, value));
    }

    /** What a record takes of a batch, about. */
    static long bytes(CoordinatorRecord record) {
        int bytes = RECORD_FRAME_BYTES + bytes(record.key(), KEY_VERSION);
        return record.isTombstone() ? bytes : bytes + bytes(record.value(), record.valueVersion());
    }

    private static int bytes(ApiMessage message, short version) {
        MessageSizeAccumulator size = new MessageSizeAccumulator();
        message.addSize(size, new ObjectSerializationCache(), version);
        return Short.BYTES + size.totalSize();
    }

    private static CoordinatorRecord read(RecordSchema schema, ByteBuffer keyBytes, ByteBuffer valueBytes) {
        ApiMessage key = schema.emptyKey().get();
        key.read(new ByteReader(keyBytes), KEY_VERSION);
        if (valueBytes == null) {
            return CoordinatorRecord.tombstone(key);
        }
        ApiMessage value = schema.emptyValue().get();
        ByteReader source = new ByteReader(valueBytes);
        short version = source.readShort();
        if (version < value.lowestSupportedVersion() || version > value.highestSupportedVersion()) {
            throw new MalformedMessage("a coordinator record of type " + schema.type() + ", version " + version
                    + ", which this release does not know");
        }
        value.read(source, version);
        return new CoordinatorRecord(key, value, version);
    }

    private static ByteBuffer write(short prefix, ApiMessage message, short version) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        MessageSizeAccumulator size = new MessageSizeAccumulator();
        message.addSize(size, cache, version);
        ByteBufferAccessor target = new ByteBufferAccessor(ByteBuffer.allocate(Short.BYTES + size.totalSize()));
        target.writeShort(prefix);
        message.write(target, cache, version);
        target.flip();
        return target.buffer();
    }
}

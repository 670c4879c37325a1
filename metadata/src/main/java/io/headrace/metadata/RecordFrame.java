package io.headrace.metadata;

import io.headrace.wire.ByteReader;
import io.headrace.wire.MalformedMessage;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.apache.kafka.common.metadata.ConfigRecord;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.NoOpRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.ProducerIdsRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageSizeAccumulator;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/**
 * How a metadata record stands in the value of a log record: version of this frame, kind, version of the kind (all
 * varints), body. It is Kafka's, and so are the kinds; listed are those that an image keeps.
 */
public final class RecordFrame {

    static final short REGISTER_BROKER = 0;
    static final short TOPIC = 2;
    static final short PARTITION = 3;
    static final short CONFIG = 4;
    static final short REMOVE_TOPIC = 9;
    static final short FEATURE_LEVEL = 12;
    static final short PRODUCER_IDS = 15;
    static final short NO_OP = 20;

    private static final int FRAME_VERSION = 1;

    /** One byte each for the frame's version, the kind and its version: all are below 128. */
    private static final int FRAME_BYTES = 3;

    private RecordFrame() {}

    /** Writes in the highest version of the kind, which is what the feature level that we set stands for. */
    public static ByteBuffer write(ApiMessage record) {
        short version = record.highestSupportedVersion();
        ObjectSerializationCache cache = new ObjectSerializationCache();
        MessageSizeAccumulator size = new MessageSizeAccumulator();
        record.addSize(size, cache, version);
        ByteBufferAccessor target = new ByteBufferAccessor(ByteBuffer.allocate(FRAME_BYTES + size.totalSize()));
        target.writeUnsignedVarint(FRAME_VERSION);
        target.writeUnsignedVarint(record.apiKey());
        target.writeUnsignedVarint(version);
        record.write(target, cache, version);
        target.flip();
        return target.buffer();
    }

    /** Throws {@link MalformedMessage} for what is not a record, or not of a kind and version that is known here. */
    static ApiMessage read(ByteBuffer value) {
        return read(value, RecordFrame::empty);
    }

    /**
     * As {@link #read(ByteBuffer)}, for a wider choice of kinds.
     *
     * @param kinds makes an empty record of a kind, null if it knows none such
     */
    public static ApiMessage read(ByteBuffer value, IntFunction<ApiMessage> kinds) {
        ByteReader source = new ByteReader(value);
        int frameVersion = source.readUnsignedVarint();
        if (frameVersion != FRAME_VERSION) {
            throw new MalformedMessage("a metadata record in a frame of version " + frameVersion);
        }
        int kind = source.readUnsignedVarint();
        int version = source.readUnsignedVarint();
        ApiMessage record = kinds.apply(kind);
        if (record == null || version > record.highestSupportedVersion()) {
            throw new MalformedMessage("a metadata record of kind " + kind + ", version " + version
                    + ", which this release does not know");
        }
        record.read(source, (short) version);
        if (source.remaining() != 0) {
            throw new MalformedMessage(
                    "a metadata record of kind " + kind + " with " + source.remaining() + " bytes behind its end");
        }
        return record;
    }

    private static ApiMessage empty(int kind) {
        return switch (kind) {
            case REGISTER_BROKER -> new RegisterBrokerRecord();
            case TOPIC -> new TopicRecord();
            case PARTITION -> new PartitionRecord();
            case CONFIG -> new ConfigRecord();
            case REMOVE_TOPIC -> new RemoveTopicRecord();
            case FEATURE_LEVEL -> new FeatureLevelRecord();
            case PRODUCER_IDS -> new ProducerIdsRecord();
            case NO_OP -> new NoOpRecord();
            default -> null;
        };
    }
}

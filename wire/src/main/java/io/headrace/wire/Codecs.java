package io.headrace.wire;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.apache.kafka.common.utils.internals.ByteBufferOutputStream;

/**
 * Streams of the four compressions, by Kafka's own wrappers: they know the framing that clients expect, and load a
 * compression library when it is first used. The scratch buffers are kept for the next batch, so one of these belongs to
 * one thread.
 */
final class Codecs {

    private final BufferSupplier scratch = BufferSupplier.create();

    /**
     * A stream of what the buffer unfolds to; {@link InvalidRecords} if already its beginning is damaged. Reading it may
     * fail with unchecked exceptions as well as with IOException.
     */
    InputStream decompress(CompressionCodec codec, ByteBuffer compressed) {
        if (codec == CompressionCodec.SNAPPY) {
            SnappyBlocks.check(compressed);
        }
        try {
            return compression(codec, codec.defaultLevel()).wrapForInput(compressed, RecordBatch.MAGIC, scratch);
        } catch (RuntimeException damaged) {
            throw new InvalidRecords("not " + codec + ": " + damaged.getMessage(), damaged);
        } catch (LinkageError missing) {
            // Native libraries are unpacked on first use, which a temporary directory mounted noexec forbids.
            throw new InvalidRecords("the library of " + codec + " cannot be loaded here: " + missing, missing);
        }
    }

    /** A stream whose bytes reach the target compressed, at the latest when it is closed. */
    OutputStream compress(CompressionCodec codec, int level, ByteBufferOutputStream target) {
        return compression(codec, level).wrapForOutput(target, RecordBatch.MAGIC);
    }

    private static Compression compression(CompressionCodec codec, int level) {
        return switch (codec) {
            case NONE -> Compression.NONE;
            case GZIP -> Compression.gzip().level(level).build();
            case SNAPPY -> Compression.snappy().build();
            case LZ4 -> Compression.lz4().level(level).build();
            case ZSTD -> Compression.zstd().level(level).build();
        };
    }
}

package io.headrace.wire;

import io.headrace.ports.Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.utils.internals.ByteBufferOutputStream;

/**
 * Changes the compression of a batch, where {@code compression.type} asks for another one than the producer chose. The
 * records themselves have the same bytes under every compression, so they stream from one codec to the other unread:
 * {@link RecordCursor} has judged them. Belongs to one thread.
 */
public final class Recompressor {

    private final Codecs codecs = new Codecs();
    private final byte[] chunk = new byte[Limits.DECOMPRESSION_WINDOW_BYTES];

    /**
     * A copy of the batch under the codec, with a right checksum and all else equal; empty if it would become larger than
     * asked for, which the codecs may notice a few hundred kilobytes late.
     *
     * @param batch one whose records have been walked: they do not unfold beyond the limit then
     * @param level one that {@link CompressionCodec#acceptsLevel} accepts
     */
    public Optional<ByteBuffer> recompress(RecordBatch batch, CompressionCodec codec, int level, int bytesMax) {
        Check.that(codec.acceptsLevel(level), "a codec is used with a level that it knows");
        ByteBufferOutputStream target = new ByteBufferOutputStream(batch.sizeInBytes());
        target.position(RecordBatch.HEADER_BYTES);
        try (InputStream records = codecs.decompress(batch.compression(), batch.records());
                OutputStream out = codecs.compress(codec, level, target)) {
            if (!transfer(records, out, target, bytesMax)) {
                return Optional.empty();
            }
        } catch (InvalidRecords invalid) {
            throw invalid;
        } catch (IOException | RuntimeException damaged) {
            throw new InvalidRecords("damaged " + batch.compression() + ": " + damaged.getMessage(), damaged);
        }
        return target.position() > bytesMax
                ? Optional.empty()
                : Optional.of(withHeaderOf(batch, codec, target.buffer()));
    }

    /** False, with the rest left alone, once the target has become too large. */
    private boolean transfer(InputStream from, OutputStream to, ByteBufferOutputStream target, int bytesMax)
            throws IOException {
        for (int bytes = from.read(chunk); bytes > 0; bytes = from.read(chunk)) {
            to.write(chunk, 0, bytes);
            if (target.position() > bytesMax) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer withHeaderOf(RecordBatch batch, CompressionCodec codec, ByteBuffer target) {
        target.flip();
        target.put(0, batch.buffer(), batch.position(), RecordBatch.HEADER_BYTES);
        target.putInt(RecordBatch.LENGTH_AT, target.limit() - RecordBatch.LENGTH_OVERHEAD);
        RecordBatch made = new RecordBatch();
        made.wrap(target, 0);
        made.setAttributes((batch.attributes() & ~RecordBatch.COMPRESSION_MASK) | codec.id());
        made.updateCrc();
        return target;
    }
}

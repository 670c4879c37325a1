package io.headrace.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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
     * A copy of the batch under the codec, with a right checksum and all else equal.
     *
     * @param level one that the codec knows, such as its {@link CompressionCodec#defaultLevel()}
     * @param batchBytesLimit bytes that the records may unfold to; beyond it {@link InvalidRecords}
     */
    public ByteBuffer recompress(RecordBatch batch, CompressionCodec codec, int level, long batchBytesLimit) {
        ByteBufferOutputStream target = new ByteBufferOutputStream(batch.sizeInBytes());
        target.position(RecordBatch.HEADER_BYTES);
        try (InputStream records = codecs.decompress(batch.compression(), batch.records());
                OutputStream out = codecs.compress(codec, level, target)) {
            transfer(records, out, batchBytesLimit);
        } catch (InvalidRecords invalid) {
            throw invalid;
        } catch (IOException | RuntimeException damaged) {
            throw new InvalidRecords("damaged " + batch.compression() + ": " + damaged.getMessage(), damaged);
        }
        return withHeaderOf(batch, codec, target.buffer());
    }

    private void transfer(InputStream from, OutputStream to, long limit) throws IOException {
        long total = 0;
        for (int bytes = from.read(chunk); bytes > 0; bytes = from.read(chunk)) {
            total += bytes;
            if (total > limit) {
                throw new InvalidRecords("a batch that unfolds to more than " + limit + " bytes");
            }
            to.write(chunk, 0, bytes);
        }
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

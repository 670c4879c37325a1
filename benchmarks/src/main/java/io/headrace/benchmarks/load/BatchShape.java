package io.headrace.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/**
 * What the batches of a load are like. The values are words of a small vocabulary, which LZ4 brings to some two fifths.
 *
 * @param recordBytes of a value
 */
public record BatchShape(int records, int recordBytes, Compression compression) {

    private static final int WORDS = 500;
    private static final int LONGEST_WORD = 12;

    /** So many records of 1 KB, as they are. */
    public static BatchShape ofKilobytes(int records) {
        return new BatchShape(records, Requests.RECORD_BYTES, Compression.NONE);
    }

    /** Bytes of the values before they are compressed. */
    public int valueBytes() {
        return records * recordBytes;
    }

    /** A batch of this shape, as it stands in a request. */
    public ByteBuffer bytes() {
        return build().buffer();
    }

    MemoryRecords build() {
        SplittableRandom random = new SplittableRandom(records);
        byte[][] words = new byte[WORDS][];
        Arrays.setAll(words, _ -> word(random));
        SimpleRecord[] batch = new SimpleRecord[records];
        for (int i = 0; i < records; i++) {
            byte[] value = new byte[recordBytes];
            for (int at = 0; at < recordBytes; ) {
                byte[] word = words[random.nextInt(WORDS)];
                int length = Math.min(word.length, recordBytes - at);
                System.arraycopy(word, 0, value, at, length);
                at += length;
            }
            batch[i] = new SimpleRecord(System.currentTimeMillis(), value);
        }
        return MemoryRecords.withRecords(compression, batch);
    }

    private static byte[] word(SplittableRandom random) {
        byte[] word = new byte[random.nextInt(2, LONGEST_WORD)];
        for (int i = 0; i < word.length; i++) {
            word[i] = (byte) random.nextInt('a', 'z' + 1);
        }
        word[word.length - 1] = ' ';
        return word;
    }
}

package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.testing.FileDisk;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProducerSnapshotTest {

    private static final AppendOrigin CLIENT = AppendOrigin.Client.of(12);

    private static final long NOW_MS = 1_700_000_000_000L;
    private static final int EXPIRATION_MS = 1_000;

    private final FileDisk disk = new FileDisk();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("00000000000000000007.snapshot");
    }

    @Test
    void aLogWithoutProducersHasASnapshotToo() throws IOException {
        ProducerSnapshot.write(disk, file, ProducerSnapshot.encode(states()));

        assertThat(Files.size(file)).isEqualTo(10);
        assertThat(ProducerSnapshot.read(disk, file, states(), NOW_MS)).isTrue();
    }

    @Test
    void producersAreReadWithTheirLastBatch() throws IOException {
        ProducerStates written = states(7, 8);
        ProducerSnapshot.write(disk, file, ProducerSnapshot.encode(written));

        ProducerStates read = states();
        assertThat(ProducerSnapshot.read(disk, file, read, NOW_MS)).isTrue();

        assertThat(read.entries()).extracting(ProducerEntry::producerId).containsExactly(7L, 8L);
        assertThat(read.check(batch(7), CLIENT)).isEqualTo(written.check(batch(7), CLIENT));
    }

    @Test
    void everyBatchThatMayBeSentAgainIsStillKnown() throws IOException {
        ProducerStates written = states();
        List<RecordBatch> sent = new ArrayList<>();
        for (int i = 0; i < ProducerEntry.BATCHES + 2; i++) {
            sent.add(batch(7, 2 * i));
            written.append(sent.getLast());
        }
        ProducerSnapshot.write(disk, file, ProducerSnapshot.encode(written));

        ProducerStates read = states();
        assertThat(ProducerSnapshot.read(disk, file, read, NOW_MS)).isTrue();

        for (RecordBatch batch : sent) {
            assertThat(read.check(batch, CLIENT)).isEqualTo(written.check(batch, CLIENT));
        }
        assertThat(read.check(batch(7, 14), CLIENT)).isEmpty();
    }

    @Test
    void aSnapshotReplacesAnEarlierOne() throws IOException {
        ProducerSnapshot.write(disk, file, ProducerSnapshot.encode(states(7, 8)));
        ProducerSnapshot.write(disk, file, ProducerSnapshot.encode(states(9)));

        ProducerStates read = states();
        assertThat(ProducerSnapshot.read(disk, file, read, NOW_MS)).isTrue();

        assertThat(read.entries()).extracting(ProducerEntry::producerId).containsExactly(9L);
    }

    @Test
    void producersThatHaveExpiredAreLeftOut() throws IOException {
        ProducerSnapshot.write(disk, file, ProducerSnapshot.encode(states(7)));

        ProducerStates read = states();
        assertThat(ProducerSnapshot.read(disk, file, read, NOW_MS + EXPIRATION_MS))
                .isTrue();

        assertThat(read.size()).isZero();
    }

    @Test
    void everyFlippedBitAndEveryMissingByteIsNoticed() throws IOException {
        byte[] whole = ProducerSnapshot.encode(states(7, 8)).array();
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length));
        }
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertRefused(flipped);
        }
    }

    private void assertRefused(byte[] content) throws IOException {
        Files.write(file, content);
        ProducerStates read = states();
        assertThat(ProducerSnapshot.read(disk, file, read, NOW_MS)).isFalse();
        assertThat(read.size()).isZero();
    }

    private static ProducerStates states(long... producerIds) {
        ProducerStates states = new ProducerStates(EXPIRATION_MS);
        for (long producerId : producerIds) {
            states.append(batch(producerId));
        }
        return states;
    }

    private static RecordBatch batch(long producerId) {
        return batch(producerId, 5);
    }

    /** Two records; the offset is the sequence. */
    private static RecordBatch batch(long producerId, int sequence) {
        ByteBuffer bytes = new BatchBuilder()
                .producer(producerId, (short) 1, sequence)
                .append(NOW_MS, null, null)
                .append(NOW_MS, null, null)
                .build(sequence, 0);
        RecordBatch batch = new RecordBatch();
        batch.wrap(bytes, 0);
        return batch;
    }
}

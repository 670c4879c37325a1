package io.headrace.log;

import io.headrace.wire.RecordBatch;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.record.internal.MemoryRecords;

/** What an append does to the log's state, without files: the steps in the order in which the log takes them. */
final class AppendingLog {

    private final LogConfig config;
    private final AppendValidator validator = new AppendValidator();
    private final ProducerStates producers;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long endOffset;

    AppendingLog(LogConfig config) {
        this.config = config;
        producers = new ProducerStates(config.producerIdExpirationMs());
    }

    AppendResult append(ByteBuffer sent, int produceVersion, int leaderEpoch, long wallMs) {
        AppendOrigin origin = AppendOrigin.Client.of(produceVersion);
        Optional<? extends AppendResult> instead = validator.validate(sent, origin, config, wallMs);
        if (instead.isEmpty()) {
            instead = producers.check(validator.batch(), origin);
        }
        if (instead.isPresent()) {
            return instead.get();
        }
        ByteBuffer assigned = validator.assign(endOffset, leaderEpoch);
        written.write(assigned.array(), assigned.arrayOffset() + assigned.position(), assigned.remaining());
        RecordBatch batch = validator.batch();
        producers.append(batch);
        endOffset = batch.nextOffset();
        return new AppendResult.Appended(batch.baseOffset(), batch.lastOffset(), validator.appendTimeMs());
    }

    ProducerStates producers() {
        return producers;
    }

    MemoryRecords content() {
        return MemoryRecords.readableRecords(ByteBuffer.wrap(written.toByteArray()));
    }
}

package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.AppendResult.Appended;
import io.headrace.ports.Disk;
import io.headrace.testing.SetTime;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.RecordBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** Does to one log what its owner would, running every ticket at once. */
final class LogDriver {

    static final Path PARENT = Path.of("/data");
    static final LogIdentity ID = new LogIdentity("topic", Uuid.ONE_UUID, 0);
    static final int PRODUCE_VERSION = 12;

    final Disk disk;
    final Path directory;
    final SetTime time = new SetTime();
    private final AppendValidator validator = new AppendValidator();
    private final BatchBuilder builder = new BatchBuilder();
    PartitionLog log;

    LogDriver(Disk disk, Path parent) throws IOException {
        this.disk = disk;
        this.directory = parent.resolve(ID.directoryName());
        disk.createDirectories(parent);
    }

    static LogDriver created(Disk disk, LogConfig config) throws IOException {
        LogDriver driver = new LogDriver(disk, PARENT);
        driver.log = PartitionLog.create(disk, driver.directory, ID, config, driver.time);
        return driver;
    }

    void load(LogConfig config, LoadPoint from) throws IOException {
        log = PartitionLog.load(disk, directory, ID, config, time, from);
    }

    // ---- append

    ByteBuffer batch(int records, int valueBytes, long timestamp) {
        for (int i = 0; i < records; i++) {
            builder.append(timestamp + i, null, ByteBuffer.wrap(value(valueBytes, i)));
        }
        return builder.build(0, RecordBatch.NO_LEADER_EPOCH);
    }

    ByteBuffer batch(int records, int valueBytes, long timestamp, long producerId, int sequence) {
        builder.producer(producerId, (short) 0, sequence);
        return batch(records, valueBytes, timestamp);
    }

    private static byte[] value(int bytes, int i) {
        return ("v" + i + "x".repeat(bytes)).substring(0, bytes).getBytes(StandardCharsets.UTF_8);
    }

    Appended append(int records, int valueBytes) throws IOException {
        return append(batch(records, valueBytes, time.wallMs()));
    }

    /** Rolls when the segment is full. */
    Appended append(ByteBuffer batch) throws IOException {
        AppendResult result = offer(batch);
        if (result instanceof AppendResult.SegmentFull) {
            roll();
            result = offer(batch);
        }
        assertThat(result).isInstanceOf(Appended.class);
        return (Appended) result;
    }

    AppendResult offer(ByteBuffer batch) throws IOException {
        return offer(batch, 0);
    }

    AppendResult offer(ByteBuffer batch, int leaderEpoch) throws IOException {
        return log.appendAsLeader(batch, leaderEpoch, AppendOrigin.Client.of(PRODUCE_VERSION), validator);
    }

    /** Rolls when the segment is full. */
    AppendResult append(ByteBuffer batch, AppendOrigin origin) throws IOException {
        AppendResult result = log.appendAsLeader(batch, 0, origin, validator);
        if (result instanceof AppendResult.SegmentFull) {
            roll();
            result = log.appendAsLeader(batch, 0, origin, validator);
        }
        return result;
    }

    /** Appends batches that have their offsets; rolls when the segment is full. */
    void follow(ByteBuffer batches) throws IOException {
        AppendResult result = log.appendAsFollower(batches);
        if (result instanceof AppendResult.SegmentFull) {
            roll();
            result = log.appendAsFollower(batches);
        }
        assertThat(result).isInstanceOf(Appended.class);
    }

    // ---- tickets

    void flush() throws IOException {
        FlushTicket ticket = log.beginFlush();
        if (ticket != null) {
            log.flushed(ticket.run());
        }
    }

    void checkpoint() throws IOException {
        FlushTicket ticket = log.beginCheckpoint();
        if (ticket != null) {
            log.flushed(ticket.run());
        }
    }

    void roll() throws IOException {
        log.rolled(log.beginRoll().run());
    }

    void retain() throws IOException {
        if (log.rollDue(time.wallMs())) {
            roll();
            flush();
        }
        RetentionTicket ticket = log.beginRetention(time.wallMs(), log.flushedOffset());
        if (ticket != null) {
            log.retained(ticket.run());
        }
    }

    void close() throws IOException {
        flush();
        log.closed(log.beginClose().run());
    }

    LoadPoint cleanPoint() {
        return new LoadPoint(log.recoveryPoint(), log.logStartOffset(), true);
    }

    LoadPoint uncleanPoint() {
        return new LoadPoint(log.recoveryPoint(), log.logStartOffset(), false);
    }

    // ---- read

    static boolean isHot(LogRead read) {
        return read instanceof LogRead.Hot;
    }

    LogSlice slice(long offset, int maxBytes, boolean atLeastOne, long upTo) throws IOException {
        return slice(log.read(offset, maxBytes, atLeastOne, upTo), offset);
    }

    LogSlice committedSlice(long offset, int maxBytes, long upTo) throws IOException {
        return slice(log.readCommitted(offset, maxBytes, true, upTo), offset);
    }

    private LogSlice slice(LogRead read, long offset) throws IOException {
        return switch (read) {
            case LogRead.Hot(LogSlice slice) -> slice;
            case LogRead.Cold(ColdRead cold) -> {
                LogSlice slice = cold.run();
                log.completed(cold);
                yield slice;
            }
            case LogRead.OutOfRange() -> throw new AssertionError(offset + " is out of range");
        };
    }

    byte[] read(long offset, int maxBytes, boolean atLeastOne, long upTo) throws IOException {
        try (LogSlice slice = slice(offset, maxBytes, atLeastOne, upTo)) {
            return content(slice);
        }
    }

    static byte[] content(LogSlice slice) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WritableByteChannel target = Channels.newChannel(bytes);
        for (long at = 0; at < slice.sizeInBytes(); ) {
            at += slice.transferTo(at, 1000, target);
        }
        return bytes.toByteArray();
    }

    /** The batches in a piece of a log, each by itself. */
    static List<ByteBuffer> batches(byte[] bytes) {
        List<ByteBuffer> batches = new ArrayList<>();
        RecordBatch batch = new RecordBatch();
        ByteBuffer all = ByteBuffer.wrap(bytes);
        for (int at = 0; at < bytes.length; at += batch.sizeInBytes()) {
            assertThat(batch.wrap(all, at)).isEqualTo(io.headrace.wire.BatchStatus.WHOLE);
            assertThat(batch.crcIsValid()).isTrue();
            batches.add(all.slice(at, batch.sizeInBytes()));
        }
        return batches;
    }

    static long baseOffset(ByteBuffer batch) {
        RecordBatch header = new RecordBatch();
        header.wrap(batch, batch.position());
        return header.baseOffset();
    }
}

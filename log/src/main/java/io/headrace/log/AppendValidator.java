package io.headrace.log;

import io.headrace.log.AppendResult.Rejected;
import io.headrace.ports.Check;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.CompressionCodec;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.InvalidRecords;
import io.headrace.wire.Recompressor;
import io.headrace.wire.RecordBatch;
import io.headrace.wire.RecordCursor;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Judges what a producer wants appended, in two steps. {@link #validate} changes nothing in the sender's bytes, so that
 * they can be offered again after a roll; {@link #assign} then gives the batch its offsets, its epoch and its time. One per
 * shard, used for one append after another; it holds no state of any log, and makes no object for a batch that is stored
 * as sent.
 *
 * <p>The checks, their order and the errors are Kafka's, save that a batch is refused as invalid which Kafka would store
 * although readers stumble over it, or answer with an unknown error: one with records that its own lengths contradict, with
 * compressed data that cannot be read, with offset deltas that do not count from 0 (some of which Kafka renumbers), with
 * the transactional flag and no producer, or followed by bytes that are no batch.
 */
public final class AppendValidator {

    /** Before this version of Produce, clients could not be expected to know zstd (KIP-110). */
    private static final int FIRST_VERSION_WITH_ZSTD = 7;

    private final RecordBatch batch = new RecordBatch();
    private final RecordCursor records = new RecordCursor();
    private final RecordFaults faults = new RecordFaults();

    /** Made when the first batch needs it: few topics set a compression of their own. */
    private Recompressor recompressor;

    private boolean accepted;
    private long maxTimestamp;
    private boolean logAppendTime;

    /**
     * Empty if the batch may be appended: then {@link #batch()} is what to append. A Produce request carries exactly one
     * batch per partition, from the buffer's position to its limit.
     */
    public Optional<Rejected> validate(ByteBuffer sent, AppendOrigin origin, LogConfig config, long wallMs) {
        Rejected rejected = rejectFrame(sent);
        if (rejected == null) {
            rejected = rejectHeader(origin, config);
        }
        if (rejected == null) {
            rejected = rejectContent(origin, config, wallMs);
        }
        if (rejected == null && batch.sizeInBytes() > config.segmentBytes()) {
            rejected = tooLarge(ErrorCode.RECORD_LIST_TOO_LARGE, "a segment", config.segmentBytes());
        }
        accepted = rejected == null;
        return Optional.ofNullable(rejected);
    }

    /** Null if the buffer begins with a batch of the current format. */
    private Rejected rejectFrame(ByteBuffer sent) {
        BatchStatus status = batch.wrap(sent, sent.position());
        return switch (status) {
            case WHOLE -> null;
            case END, TRUNCATED -> invalid("no whole batch for the partition");
            case BAD_LENGTH -> corrupt("a length that no batch has");
            case OTHER_FORMAT ->
                batch.magic() < 0 || batch.magic() > RecordBatch.MAGIC
                        ? corrupt("a format that does not exist, magic " + batch.magic())
                        : invalid("a format that is not accepted any more, magic " + batch.magic());
        };
    }

    /** Null if the header agrees with itself, with its checksum and with the topic. */
    private Rejected rejectHeader(AppendOrigin origin, LogConfig config) {
        CompressionCodec codec = batch.compression();
        if (codec == null) {
            return Rejected.of(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, "a compression that does not exist");
        }
        if (codec == CompressionCodec.ZSTD
                && origin instanceof AppendOrigin.Client(int produceVersion, var _)
                && produceVersion < FIRST_VERSION_WITH_ZSTD) {
            return Rejected.of(
                    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, "zstd in version " + produceVersion + " of Produce");
        }
        if (batch.baseOffset() != 0) {
            return invalid("a batch begins at offset 0 until the broker gives it one, not at " + batch.baseOffset());
        }
        if (batch.sizeInBytes() > maxBytes(origin, config)) {
            return tooLarge(ErrorCode.MESSAGE_TOO_LARGE, "max.message.bytes", config.maxMessageBytes());
        }
        if (!batch.crcIsValid()) {
            return corrupt("the checksum does not match");
        }
        if (batch.position() + batch.sizeInBytes() < batch.buffer().limit()) {
            return invalid("more than one batch for the partition");
        }
        if (batch.recordCount() <= 0 || batch.lastOffsetDelta() != batch.recordCount() - 1) {
            return invalid("a count of " + batch.recordCount() + " records and a last offset delta of "
                    + batch.lastOffsetDelta());
        }
        if (batch.isControl() != origin instanceof AppendOrigin.Marker) {
            return invalid("control records are the broker's to write");
        }
        if (origin instanceof AppendOrigin.Client && batch.hasProducerId() && batch.baseSequence() < 0) {
            return invalid("a producer id with the sequence " + batch.baseSequence());
        }
        if (batch.isTransactional() && !batch.hasProducerId()) {
            return invalid("part of a transaction, but of no producer");
        }
        return null;
    }

    /** The broker's own writers refuse what is asked of them when it is too large, and have to write what follows from the rest. */
    private static int maxBytes(AppendOrigin origin, LogConfig config) {
        return origin instanceof AppendOrigin.Client ? config.maxMessageBytes() : Integer.MAX_VALUE;
    }

    /** Null if the records are sound, and compressed as the topic has it. */
    private Rejected rejectContent(AppendOrigin origin, LogConfig config, long wallMs) {
        try {
            walkRecords(config, wallMs);
            Rejected rejected = faults.rejection();
            return rejected == null ? recompress(origin, config) : rejected;
        } catch (InvalidRecords unreadable) {
            return invalid(unreadable.getMessage());
        } finally {
            records.close();
        }
    }

    private void walkRecords(LogConfig config, long wallMs) {
        boolean compressed = batch.compression() != CompressionCodec.NONE;
        records.open(
                batch,
                compressed ? config.maxDecompressedMessageBytes() : Integer.MAX_VALUE,
                io.headrace.wire.Limits.DECOMPRESSED_BATCH_BYTES);
        faults.clear();
        long highest = RecordBatch.NO_TIMESTAMP;
        for (int index = 0; records.next(); index++) {
            long timestamp = records.timestamp();
            highest = Math.max(highest, timestamp);
            if (records.offsetDelta() != index) {
                faults.offsetDelta(index, records.offsetDelta());
            } else if (config.compacts() && !records.hasKey()) {
                faults.keyMissing(index);
            } else if (!config.logAppendTime() && timestamp != RecordBatch.NO_TIMESTAMP) {
                if (isOutOfRange(timestamp, config, wallMs)) {
                    faults.timestampOutOfRange(index, timestamp, config, wallMs);
                }
            } else if (batch.hasLogAppendTime()) {
                faults.logAppendTimeSet(index);
            }
        }
        logAppendTime = config.logAppendTime();
        maxTimestamp = logAppendTime ? wallMs : highest;
    }

    private static boolean isOutOfRange(long timestamp, LogConfig config, long wallMs) {
        long age = wallMs - timestamp;
        return age > config.timestampBeforeMaxMs() || -age > config.timestampAfterMaxMs();
    }

    /** Gives the batch the topic's compression. Null if it has it, or if that went well. */
    private Rejected recompress(AppendOrigin origin, LogConfig config) {
        CompressionCodec wanted = config.compression();
        if (wanted == null || wanted == batch.compression() || batch.isControl()) {
            return null;
        }
        if (recompressor == null) {
            recompressor = new Recompressor();
        }
        Optional<ByteBuffer> recompressed =
                recompressor.recompress(batch, wanted, config.compressionLevel(), maxBytes(origin, config));
        if (recompressed.isEmpty()) {
            return Rejected.of(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "compressed as the topic asks, the batch is larger than max.message.bytes, "
                            + config.maxMessageBytes());
        }
        BatchStatus status = batch.wrap(recompressed.get(), 0);
        Check.that(status == BatchStatus.WHOLE, "a recompressed batch is whole");
        return null;
    }

    /** The batch as validated: in the sender's buffer, or in a new one if it had to be recompressed. */
    public RecordBatch batch() {
        Check.that(accepted, "only a batch that was accepted is appended");
        return batch;
    }

    /** Makes the batch ready to be written; the buffer from its position to its limit is then what belongs in the log. */
    public ByteBuffer assign(long baseOffset, int leaderEpoch) {
        Check.that(accepted, "only a batch that was accepted is appended");
        batch.setBaseOffset(baseOffset);
        batch.setLeaderEpoch(leaderEpoch);
        if (logAppendTime) {
            batch.stampLogAppendTime(maxTimestamp);
        } else if (batch.hasLogAppendTime() || batch.maxTimestamp() != maxTimestamp) {
            batch.stampCreateTime(maxTimestamp);
        }
        return batch.buffer();
    }

    /** Milliseconds: the highest timestamp of the records, as it will be in the log. */
    public long maxTimestamp() {
        return maxTimestamp;
    }

    /** Milliseconds that every record gets under LogAppendTime, otherwise -1. */
    public long appendTimeMs() {
        return logAppendTime ? maxTimestamp : RecordBatch.NO_TIMESTAMP;
    }

    private static Rejected invalid(String message) {
        return Rejected.of(ErrorCode.INVALID_RECORD, message);
    }

    private static Rejected corrupt(String message) {
        return Rejected.of(ErrorCode.CORRUPT_MESSAGE, message);
    }

    private Rejected tooLarge(ErrorCode error, String limit, int bytes) {
        return Rejected.of(error, "a batch of " + batch.sizeInBytes() + " bytes; " + limit + " takes " + bytes);
    }
}

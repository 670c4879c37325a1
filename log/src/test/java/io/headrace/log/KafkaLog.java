package io.headrace.log;

import io.headrace.log.AppendResult.RecordError;
import io.headrace.wire.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.server.util.Scheduler;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogAppendInfo;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.RecordValidationException;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.log.VerificationGuard;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

/** Kafka's own log of one partition, in a directory {@code topic-0}: the judge of ours in tests. */
final class KafkaLog implements AutoCloseable {

    private static final int MAX_TRANSACTION_TIMEOUT_MS = 900_000;
    private static final int EXPIRATION_CHECK_MS = 600_000;
    private static final short TRANSACTION_VERSION = 2;

    private final BrokerTopicStats stats = new BrokerTopicStats();
    private final SetTime time;
    private final UnifiedLog log;

    /** Opens what is in the directory, or makes it. The configuration is in Kafka's keys. */
    KafkaLog(Path logDirectory, Map<String, String> config, int producerIdExpirationMs, long wallMs)
            throws IOException {
        this(logDirectory, config, producerIdExpirationMs, true, 0, wallMs);
    }

    /** As above, after a stop that was perhaps not clean. */
    KafkaLog(
            Path logDirectory,
            Map<String, String> config,
            int producerIdExpirationMs,
            boolean clean,
            long recoveryPoint,
            long wallMs)
            throws IOException {
        time = new SetTime(wallMs);
        File directory =
                Files.createDirectories(logDirectory.resolve("topic-0")).toFile();
        log = UnifiedLog.create(
                directory,
                new LogConfig(config),
                0,
                recoveryPoint,
                new NoScheduler(),
                stats,
                time,
                MAX_TRANSACTION_TIMEOUT_MS,
                new ProducerStateManagerConfig(producerIdExpirationMs, true),
                EXPIRATION_CHECK_MS,
                new LogDirFailureChannel(1),
                clean,
                Optional.of(Uuid.ONE_UUID));
    }

    /** What Kafka answers to a Produce request with these bytes, as far as the log decides it. */
    Answer append(ByteBuffer sent, int produceVersion, int leaderEpoch, long wallMs) {
        time.now = wallMs;
        MemoryRecords records = MemoryRecords.readableRecords(sent);
        try {
            ProduceRequest.validateRecords((short) produceVersion, records);
            LogAppendInfo info = log.appendAsLeader(
                    records,
                    leaderEpoch,
                    AppendOrigin.CLIENT,
                    RequestLocal.noCaching(),
                    VerificationGuard.SENTINEL,
                    TRANSACTION_VERSION);
            return new Answer(ErrorCode.NONE, info.firstOffset(), info.lastOffset(), info.logAppendTime(), List.of());
        } catch (RecordValidationException invalid) {
            return Answer.refused(invalid.invalidException(), invalid.recordErrors());
        } catch (RuntimeException refused) {
            return Answer.refused(refused, List.of());
        }
    }

    UnifiedLog log() {
        return log;
    }

    /** As a broker closes its logs when it stops. */
    @Override
    public void close() {
        log.prepareActiveSegmentForClose();
        log.flush(true);
        log.close();
        stats.close();
    }

    /** Record errors are reduced to their index; their words are each broker's own. */
    record Answer(ErrorCode error, long baseOffset, long lastOffset, long appendTimeMs, List<Integer> recordErrors) {

        Answer withoutRecords() {
            return new Answer(error, baseOffset, lastOffset, appendTimeMs, List.of());
        }

        private static Answer refused(Exception why, List<ProduceResponse.RecordError> recordErrors) {
            List<Integer> indexes = new ArrayList<>();
            for (ProduceResponse.RecordError error : recordErrors) {
                indexes.add(error.batchIndex);
            }
            return new Answer(ErrorCode.forCode(Errors.forException(why).code()), -1, -1, -1, indexes);
        }

        static Answer of(AppendResult ours) {
            return switch (ours) {
                case AppendResult.Appended a ->
                    new Answer(ErrorCode.NONE, a.baseOffset(), a.lastOffset(), a.appendTimeMs(), List.of());
                case AppendResult.Duplicate d ->
                    new Answer(ErrorCode.NONE, d.baseOffset(), d.lastOffset(), d.appendTimeMs(), List.of());
                case AppendResult.Rejected r -> new Answer(r.error(), -1, -1, -1, indexes(r.records()));
                case AppendResult.SegmentFull _ -> throw new AssertionError("these logs do not roll");
            };
        }

        private static List<Integer> indexes(List<RecordError> errors) {
            List<Integer> indexes = new ArrayList<>();
            for (RecordError error : errors) {
                indexes.add(error.batchIndex());
            }
            return indexes;
        }
    }

    private static final class SetTime implements Time {
        private long now;

        SetTime(long now) {
            this.now = now;
        }

        @Override
        public long milliseconds() {
            return now;
        }

        @Override
        public long nanoseconds() {
            return now * 1_000_000;
        }

        @Override
        public void sleep(long ms) {
            now += ms;
        }
    }

    /** Nothing happens by itself. */
    static final class NoScheduler implements Scheduler {

        @Override
        public void startup() {}

        @Override
        public void shutdown() {}

        @Override
        public ScheduledFuture<?> schedule(String name, Runnable task, long delayMs, long periodMs) {
            return new Never();
        }

        @Override
        public void resizeThreadPool(int size) {}
    }

    private static final class Never extends CompletableFuture<Void> implements ScheduledFuture<Void> {

        @Override
        public long getDelay(TimeUnit unit) {
            return Long.MAX_VALUE;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}

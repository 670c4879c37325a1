package io.headrace.benchmarks.micro;

import io.headrace.benchmarks.Directories;
import io.headrace.benchmarks.load.BatchShape;
import io.headrace.log.AppendOrigin;
import io.headrace.log.AppendResult;
import io.headrace.log.AppendValidator;
import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.log.LogRead;
import io.headrace.log.PartitionLog;
import io.headrace.runtime.NioDisk;
import io.headrace.runtime.SystemTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.apache.kafka.common.Uuid;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A fetch finds the 1 MB that it may send, from any offset of the last 32 MB: the index, and the ends of batches. */
@State(Scope.Thread)
public class FindOffset {

    private static final LogIdentity ID = new LogIdentity("topic", Uuid.ONE_UUID, 0);
    private static final int PRODUCE_VERSION = 12;
    private static final int BATCHES = 2_000;
    private static final int RECORDS = 16;
    private static final int FETCH_BYTES = 1 << 20;

    private final SplittableRandom random = new SplittableRandom(1);
    private Path directory;
    private PartitionLog log;

    @Setup
    public void fill() throws IOException {
        directory = Files.createTempDirectory("find-offset");
        log = PartitionLog.create(
                new NioDisk(), directory.resolve("topic-0"), ID, LogConfig.defaults(), new SystemTime());
        AppendValidator validator = new AppendValidator();
        for (int i = 0; i < BATCHES; i++) {
            ByteBuffer batch = BatchShape.ofKilobytes(RECORDS).bytes();
            AppendResult result = log.appendAsLeader(batch, 0, AppendOrigin.Client.of(PRODUCE_VERSION), validator);
            if (!(result instanceof AppendResult.Appended)) {
                throw new IOException("not appended: " + result);
            }
        }
    }

    /** How many bytes there are. */
    @Benchmark
    public int find() {
        long offset = random.nextLong(log.logEndOffset());
        return switch (log.read(offset, FETCH_BYTES, true, log.logEndOffset())) {
            case LogRead.Hot(var slice) -> {
                slice.close();
                yield slice.sizeInBytes();
            }
            case LogRead.Cold _, LogRead.OutOfRange _ ->
                throw new IllegalStateException("offset " + offset + " is not in memory");
        };
    }

    @TearDown
    public void delete() throws IOException {
        log.abandon();
        Directories.delete(directory);
    }
}

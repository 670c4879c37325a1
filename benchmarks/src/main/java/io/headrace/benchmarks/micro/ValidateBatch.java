package io.headrace.benchmarks.micro;

import io.headrace.benchmarks.load.BatchShape;
import io.headrace.log.AppendOrigin;
import io.headrace.log.AppendValidator;
import io.headrace.log.LogConfig;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A batch of 1 KB records is checked, checksum and every record, and gets its offsets. */
@State(Scope.Thread)
public class ValidateBatch {

    private static final int PRODUCE_VERSION = 12;

    /** Records in the batch: 16 KB, the producer's default, and 1 MB. */
    @Param({"16", "1000"})
    public int records;

    private final AppendValidator validator = new AppendValidator();
    private final AppendOrigin origin = AppendOrigin.Client.of(PRODUCE_VERSION);
    private final LogConfig config = LogConfig.defaults();
    private ByteBuffer sent;
    private long wallMs;

    @Setup
    public void build() {
        sent = BatchShape.ofKilobytes(records).bytes();
        wallMs = System.currentTimeMillis();
    }

    /** The offset is always 0, since the bytes are offered again. */
    @Benchmark
    public ByteBuffer validateAndAssign() {
        if (validator.validate(sent, origin, config, wallMs).isPresent()) {
            throw new IllegalStateException("the batch is refused");
        }
        return validator.assign(0, 0);
    }
}

package io.headrace.benchmarks.micro;

import io.headrace.benchmarks.load.BatchShape;
import io.headrace.benchmarks.load.Requests;
import io.headrace.wire.ByteReader;
import io.headrace.wire.RequestDecoder;
import io.headrace.wire.RequestHeader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.ApiMessage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A Produce request of a 16 KB batch for each partition becomes a message; the batches stay where they are. */
@State(Scope.Thread)
public class DecodeProduce {

    private static final int ACKS_ALL = -1;

    @Param({"1", "64"})
    public int partitions;

    private ByteBuffer request;

    @Setup
    public void build() {
        List<Integer> all = IntStream.range(0, partitions).boxed().toList();
        request = Requests.produce("topic", all, ACKS_ALL, BatchShape.ofKilobytes(16));
        request.position(Integer.BYTES);
    }

    @Benchmark
    public ApiMessage decode() {
        ByteReader reader = new ByteReader(request.duplicate());
        return RequestDecoder.decode(RequestHeader.read(reader), reader);
    }
}

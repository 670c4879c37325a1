package io.headrace.benchmarks.micro;

import io.headrace.wire.ApiKey;
import io.headrace.wire.RecordSlice;
import io.headrace.wire.RequestHeader;
import io.headrace.wire.ResponseFrame;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The answer to a fetch is put together as parts that can be sent: headers in memory, records that stay in their files. */
@State(Scope.Thread)
public class AssembleFetch {

    private static final short VERSION = 17;
    private static final RequestHeader REQUEST = new RequestHeader(ApiKey.FETCH, VERSION, 1, "client");

    @Param({"1", "64"})
    public int partitions;

    /** Records that nobody sends. */
    private record Slice(int sizeInBytes) implements RecordSlice {
        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            return 0;
        }

        @Override
        public void close() {}
    }

    @Benchmark
    public int assemble() {
        List<PartitionData> answers = new ArrayList<>(partitions);
        for (int i = 0; i < partitions; i++) {
            answers.add(new PartitionData()
                    .setPartitionIndex(i)
                    .setHighWatermark(i)
                    .setLastStableOffset(i)
                    .setLogStartOffset(0)
                    .setRecords(new Slice(1 << 20)));
        }
        FetchableTopicResponse topic =
                new FetchableTopicResponse().setTopicId(Uuid.ONE_UUID).setPartitions(answers);
        FetchResponseData response = new FetchResponseData().setResponses(List.of(topic));
        try (ResponseFrame frame = ResponseFrame.of(REQUEST, response)) {
            return frame.sizeInBytes();
        }
    }
}

package io.headrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseFrameTest {

    private static final short FETCH_VERSION = 16;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void everyResponseAtEveryVersionHasTheBytesThatKafkaWrites(long seed) {
        RandomMessages messages = new RandomMessages(new Random(seed));
        for (ApiKey api : ApiKey.values()) {
            ApiMessageType type = ApiMessageType.fromApiKey(api.id());
            for (short version = api.lowestVersion(); version <= api.highestVersion(); version++) {
                ApiMessage body = type.newResponse();
                body.read(new ByteBufferAccessor(messages.message(type.responseSchemas()[version])), version);

                ResponseFrame frame = ResponseFrame.of(new RequestHeader(api, version, 4711, null), body);

                assertThat(bytes(frame))
                        .as("%s %d", api, version)
                        .isEqualTo(kafkas(4711, type.responseHeaderVersion(version), body, version));
            }
        }
    }

    @Test
    void slicesAndMemoryKeepTheirPlaceInTheOrderOfTheFields() {
        FakeSlice first = new FakeSlice(10);
        FakeSlice third = new FakeSlice(0);
        FakeSlice fourth = new FakeSlice(1000);
        MemoryRecords second = MemoryRecords.readableRecords(ByteBuffer.wrap(new byte[20]));

        try (ResponseFrame frame = ResponseFrame.of(
                new RequestHeader(ApiKey.FETCH, FETCH_VERSION, 1, null), fetched(first, second, third, fourth, null))) {
            assertThat(frame.parts().stream().filter(RecordSlice.class::isInstance))
                    .containsExactly(first, third, fourth);
            assertThat(bytes(frame))
                    .isEqualTo(kafkas(
                            1, (short) 1, fetched(zeros(10), second, zeros(0), zeros(1000), null), FETCH_VERSION));
        }

        assertThat(List.of(first, third, fourth)).allMatch(slice -> slice.closed == 1);
    }

    @Test
    void noRecordsAreALengthOfZeroAndNoPart() {
        ResponseFrame frame = ResponseFrame.of(
                new RequestHeader(ApiKey.FETCH, FETCH_VERSION, 1, null), fetched(NoRecords.NONE, NoRecords.NONE));

        assertThat(frame.parts()).hasSize(1);
        assertThat(bytes(frame)).isEqualTo(kafkas(1, (short) 1, fetched(zeros(0), zeros(0)), FETCH_VERSION));
    }

    @Test
    void aResponseWithoutRecordsIsOneBuffer() {
        ResponseFrame frame = ResponseFrame.of(
                new RequestHeader(ApiKey.API_VERSIONS, (short) 3, 1, null), new ApiVersionsResponseData());

        assertThat(frame.parts()).hasSize(1);
        assertThat(((FramePart.Bytes) frame.parts().getFirst()).buffer().remaining())
                .isEqualTo(frame.sizeInBytes());
    }

    @Test
    void theAnswerToAnUnknownVersionOfApiVersionsIsVersionZero() {
        ApiVersionsResponseData body = new ApiVersionsResponseData().setErrorCode(ErrorCode.UNSUPPORTED_VERSION.code());

        ResponseFrame frame = ResponseFrame.of(7, (short) 0, body, (short) 0);

        assertThat(bytes(frame)).isEqualTo(kafkas(7, (short) 0, body, (short) 0));
    }

    private static FetchResponseData fetched(BaseRecords... records) {
        List<FetchResponseData.PartitionData> partitions = new ArrayList<>();
        for (int i = 0; i < records.length; i++) {
            partitions.add(new FetchResponseData.PartitionData()
                    .setPartitionIndex(i)
                    .setHighWatermark(100 + i)
                    .setRecords(records[i]));
        }
        return new FetchResponseData()
                .setResponses(List.of(new FetchResponseData.FetchableTopicResponse().setPartitions(partitions)));
    }

    private static MemoryRecords zeros(int count) {
        return MemoryRecords.readableRecords(ByteBuffer.allocate(count));
    }

    private static ByteBuffer bytes(ResponseFrame frame) {
        ByteBuffer all = ByteBuffer.allocate(frame.sizeInBytes());
        for (FramePart part : frame.parts()) {
            switch (part) {
                case FramePart.Bytes bytes -> all.put(bytes.buffer().duplicate());
                case RecordSlice slice -> all.put(new byte[slice.sizeInBytes()]);
            }
        }
        assertThat(all.remaining()).isZero();
        return all.flip();
    }

    private static ByteBuffer kafkas(int correlationId, short headerVersion, ApiMessage body, short version) {
        ByteBuffer header = MessageUtil.toByteBufferAccessor(
                        new ResponseHeaderData().setCorrelationId(correlationId), headerVersion)
                .buffer();
        ByteBuffer message = MessageUtil.toByteBufferAccessor(body, version).buffer();
        int length = header.remaining() + message.remaining();
        return ByteBuffer.allocate(4 + length)
                .putInt(length)
                .put(header)
                .put(message)
                .flip();
    }

    /** A slice of so many zeros. */
    private static final class FakeSlice implements RecordSlice {
        private final int size;
        private int closed;

        FakeSlice(int size) {
            this.size = size;
        }

        @Override
        public int sizeInBytes() {
            return size;
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            return target.write(ByteBuffer.allocate((int) count));
        }

        @Override
        public void close() {
            closed++;
        }
    }
}

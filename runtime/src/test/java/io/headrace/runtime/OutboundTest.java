package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.wire.FramePart;
import io.headrace.wire.RecordSlice;
import io.headrace.wire.ResponseFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTest {

    private final Outbound outbound = new Outbound();
    private final ByteBuffer[] vector = new ByteBuffer[Limits.GATHER_BUFFERS];

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyByteLeavesInOrderHoweverLittleTheSocketTakesAndEverySliceIsClosedOnce(long seed) throws IOException {
        Random random = new Random(seed);
        List<MemorySlice> slices = new ArrayList<>();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        ScriptedTransport transport = transportTaking(() -> random.nextInt(1, 1 << random.nextInt(1, 18)));
        for (int i = 0; i < 200; i++) {
            ResponseFrame frame = randomFrame(random, i, slices);
            expected.writeBytes(bytesOf(frame));
            outbound.add(frame);
            if (random.nextBoolean()) {
                outbound.send(transport, vector);
            }
        }

        while (outbound.send(transport, vector) != Outbound.Progress.ALL_SENT) {
            assertThat(outbound.pendingBytes()).isPositive();
        }

        assertThat(transport.written()).isEqualTo(expected.toByteArray());
        assertThat(outbound.pendingBytes()).isZero();
        assertThat(slices).isNotEmpty().allMatch(slice -> slice.timesClosed() == 1);
    }

    @Test
    void aTurnSendsABoundedNumberOfBytes() throws IOException {
        MemorySlice slice = new MemorySlice(10 * Limits.SEND_BYTES_PER_TURN);
        outbound.add(Frames.response(1, slice));
        long before = outbound.pendingBytes();

        assertThat(outbound.send(transportTaking(() -> Integer.MAX_VALUE), vector))
                .isEqualTo(Outbound.Progress.TURN_OVER);

        assertThat(before - outbound.pendingBytes()).isEqualTo(Limits.SEND_BYTES_PER_TURN);
    }

    @Test
    void whatIsNotSentIsClosedOnceToo() throws IOException {
        MemorySlice half = new MemorySlice(1_000);
        MemorySlice none = new MemorySlice(1_000);
        outbound.add(Frames.response(1, half));
        outbound.add(Frames.response(2, none));
        outbound.send(transportTaking(() -> 100), vector);

        outbound.close();
        outbound.close();

        assertThat(half.timesClosed()).isEqualTo(1);
        assertThat(none.timesClosed()).isEqualTo(1);
    }

    @Test
    void aSliceThatGivesNothingToAWritableSocketIsAFaultAndNotAnEndlessLoop() throws IOException {
        RecordSlice broken = new RecordSlice() {
            @Override
            public int sizeInBytes() {
                return 10;
            }

            @Override
            public long transferTo(long position, long count, WritableByteChannel target) {
                return 0;
            }

            @Override
            public void close() {}
        };
        ScriptedTransport transport = transportTaking(() -> Integer.MAX_VALUE);
        outbound.add(Frames.response(1, broken));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        outbound.send(transport, vector);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private static ScriptedTransport transportTaking(IntSupplier capacity) {
        return new ScriptedTransport(ByteBuffer.allocate(0), capacity);
    }

    private static ResponseFrame randomFrame(Random random, int id, List<MemorySlice> slices) {
        if (random.nextInt(3) > 0) {
            return Frames.response(id);
        }
        MemorySlice[] own = new MemorySlice[random.nextInt(4)];
        for (int i = 0; i < own.length; i++) {
            own[i] = new MemorySlice(random.nextInt(1 << random.nextInt(1, 18)));
            slices.add(own[i]);
        }
        return Frames.response(id, own);
    }

    private static byte[] bytesOf(ResponseFrame frame) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WritableByteChannel channel = Channels.newChannel(bytes);
        for (FramePart part : frame.parts()) {
            switch (part) {
                case FramePart.Bytes memory -> channel.write(memory.buffer().duplicate());
                case RecordSlice slice -> slice.transferTo(0, slice.sizeInBytes(), channel);
            }
        }
        return bytes.toByteArray();
    }
}

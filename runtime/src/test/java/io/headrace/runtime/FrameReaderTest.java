package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.wire.MalformedMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private static final int FRAME_MAX_BYTES = 8 << 20;

    private final MemoryBudget budget = new MemoryBudget(1 << 30);
    private final FrameReader reader = new FrameReader(new BufferPool(), budget, FRAME_MAX_BYTES);
    private final ByteBuffer shared = ByteBuffer.allocateDirect(Limits.READ_BUFFER_BYTES);
    private final List<Integer> handled = new ArrayList<>();

    @AfterEach
    void allMemoryIsGivenBack() {
        reader.close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void framesThatArriveWholeAreHandedOutWhereTheyLie() throws IOException {
        read(Frames.together(Frames.request((short) 0, 1, 50), Frames.request((short) 0, 2, 0)));

        assertThat(handled).containsExactly(1, 2);
        assertThat(budget.used()).isZero();
    }

    @Test
    void twoFramesSplitAtAnyByteArriveAsTheyWereSent() throws IOException {
        ByteBuffer stream = Frames.together(Frames.request((short) 0, 1, 20), Frames.request((short) 0, 2, 30));
        for (int split = 0; split <= stream.limit(); split++) {
            handled.clear();
            read(stream.duplicate().limit(split));
            read(stream.duplicate().position(split));

            assertThat(handled).as("split at %s", split).containsExactly(1, 2);
            assertThat(budget.used()).as("split at %s", split).isZero();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void framesOfAllSizesArriveAsTheyWereSentHoweverTheyAreCutAndHeldUp(long seed) throws IOException {
        Random random = new Random(seed);
        ByteBuffer[] frames = new ByteBuffer[60];
        for (int i = 0; i < frames.length; i++) {
            int bytes = 1 << random.nextInt(i % 20 == 0 ? 22 : 14);
            frames[i] = Frames.request((short) 0, i, random.nextInt(bytes));
        }
        ByteBuffer stream = Frames.together(frames);

        while (handled.size() < frames.length) {
            int wanted = random.nextInt(4);
            if (!reader.hasBacklog()) {
                int count = Math.min(stream.remaining(), random.nextInt(1, 1 << random.nextInt(1, 19)));
                read(stream.slice(stream.position(), count), wanted, random.nextBoolean());
                stream.position(stream.position() + count);
            } else {
                turn(wanted, random.nextBoolean());
            }
        }

        for (int i = 0; i < frames.length; i++) {
            assertThat(handled.get(i)).isEqualTo(i);
        }
        assertThat(budget.used()).isZero();
    }

    @Test
    void aLyingLengthReservesNothingAndLaterTwiceWhatHasComeOrAPooledBuffer() throws IOException {
        ByteBuffer lie = ByteBuffer.allocate(4).putInt(FRAME_MAX_BYTES).flip();
        read(lie);
        assertThat(budget.used()).isZero();
        assertThat(reader.midFrame()).isTrue();

        read(ByteBuffer.allocate(1));
        assertThat(budget.used()).isEqualTo(Limits.FRAME_BUFFER_MIN_BYTES);

        int arrived = 1;
        for (int i = 0; i < 30; i++) {
            read(ByteBuffer.allocate(100_000));
            arrived += 100_000;
            int pooled = arrived < Limits.FRAME_EARNEST_BYTES ? 0 : Limits.POOLED_BUFFER_MAX_BYTES;
            assertThat(budget.used()).isLessThanOrEqualTo(Math.max(pooled, BufferPool.roundedUp(2 * arrived)));
        }
    }

    @Test
    void aFrameStandsStillIfLittleOfItComesBetweenTwoLooksAndNotIfItIsAnother() throws IOException {
        FrameProgress progress = new FrameProgress(reader);
        read(ByteBuffer.allocate(6).putInt(FRAME_MAX_BYTES).rewind());
        progress.look();
        assertThat(progress.stands()).isTrue();
        read(ByteBuffer.allocate(Limits.FRAME_PROGRESS_BYTES - 1));
        assertThat(progress.stands()).isTrue();
        read(ByteBuffer.allocate(1));
        assertThat(progress.stands()).isFalse();

        progress.look();
        reader.close();
        assertThat(progress.stands()).as("when there is none").isFalse();
    }

    @Test
    void anotherFrameThatHasBegunIsProgress() throws IOException {
        FrameProgress progress = new FrameProgress(reader);
        ByteBuffer stream = Frames.together(Frames.request((short) 0, 1, 20), Frames.request((short) 0, 2, 20));
        read(stream.slice(0, 10));
        progress.look();

        read(stream.slice(10, 32));

        assertThat(reader.midFrame()).isTrue();
        assertThat(progress.stands()).isFalse();
    }

    @Test
    void whatMayNotBeHandledYetIsKeptAndHandledFirst() throws IOException {
        ByteBuffer stream = Frames.together(
                Frames.request((short) 0, 1, 20), Frames.request((short) 0, 2, 30), Frames.request((short) 0, 3, 40));
        read(stream.limit(stream.limit() - 5), 1, false);
        assertThat(handled).containsExactly(1);
        assertThat(reader.hasBacklog()).isTrue();
        assertThat(budget.used()).isPositive();

        turn(1, false);
        assertThat(handled).containsExactly(1, 2);
        turn(1, false);
        assertThat(reader.hasBacklog()).isFalse();
        read(stream.duplicate().limit(stream.capacity()).position(stream.capacity() - 5));

        assertThat(handled).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0, Limits.FRAME_MIN_BYTES - 1, FRAME_MAX_BYTES + 1})
    void aLengthThatCannotBeIsRefusedBeforeAnythingIsReserved(int length) {
        ByteBuffer bytes = ByteBuffer.allocate(100).putInt(length).rewind();

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining(Integer.toString(length));
        assertThat(budget.used()).isZero();
    }

    private void read(ByteBuffer bytes) throws IOException {
        read(bytes, Integer.MAX_VALUE, false);
    }

    /** A turn in which the bytes arrive. */
    private void read(ByteBuffer bytes, int wanted, boolean taking) throws IOException {
        reader.read(new ScriptedTransport(bytes), shared);
        assertThat(bytes.hasRemaining()).isFalse();
        turn(wanted, taking);
    }

    private void turn(int wanted, boolean taking) {
        ByteBuffer frame;
        for (int i = 0; i < wanted && (frame = reader.next()) != null; i++) {
            LeasedBuffer memory = taking ? reader.takeMemory() : null;
            assertThat(Frames.isIntact(frame)).isTrue();
            handled.add(Frames.correlationId(frame));
            if (memory != null) {
                memory.release();
            }
        }
        reader.keepRest();
        shared.clear();
        while (shared.hasRemaining()) {
            shared.putLong(0xdeadbeefdeadbeefL);
        }
    }
}

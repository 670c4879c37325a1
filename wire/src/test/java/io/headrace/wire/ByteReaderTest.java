package io.headrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.utils.internals.ByteUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteReaderTest {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.wire.Seeds#few")
    void varintsReadAsKafkaWritesThem(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            int value = random.nextInt() >> random.nextInt(32);
            long longValue = random.nextLong() >> random.nextInt(64);
            ByteBuffer bytes = ByteBuffer.allocate(20);
            ByteUtils.writeUnsignedVarint(value, bytes);
            ByteUtils.writeVarint(value, bytes);
            ByteUtils.writeVarlong(longValue, bytes);

            ByteReader reader = new ByteReader(bytes.flip());

            assertThat(reader.readUnsignedVarint()).isEqualTo(value);
            assertThat(reader.readVarint()).isEqualTo(value);
            assertThat(reader.readVarlong()).isEqualTo(longValue);
            assertThat(reader.remaining()).isZero();
        }
    }

    @Test
    void varintsThatOverflowOrEndEarlyAreRefused() {
        byte[] tooLong = {-1, -1, -1, -1, 0x1f};
        byte[] endless = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        byte[] cut = {-1, -1};

        assertThatThrownBy(() -> reader(tooLong).readUnsignedVarint()).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> reader(endless).readUnsignedVarint()).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> reader(endless).readVarlong()).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> reader(cut).readVarint()).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> reader(cut).readVarlong()).isInstanceOf(MalformedMessage.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 5, 1_000_000, Integer.MAX_VALUE})
    void lengthsBelowZeroOrBeyondTheFrameAreRefused(int length) {
        byte[] frame = new byte[4];

        assertThatThrownBy(() -> reader(frame).readArray(length)).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> reader(frame).readString(length)).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> reader(frame).readByteBuffer(length)).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> reader(frame).readLong()).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void recordsAreAViewOfTheFrame() {
        ByteBuffer frame = ByteBuffer.allocate(100);
        frame.position(7);

        MemoryRecords records = new ByteReader(frame).readRecords(80);
        frame.put(7, (byte) 42);

        assertThat(records.sizeInBytes()).isEqualTo(80);
        assertThat(records.buffer().get(0)).isEqualTo((byte) 42);
        assertThat(frame.position()).isEqualTo(87);
        assertThat(new ByteReader(frame).readRecords(-1)).isNull();
    }

    @Test
    void stringsReadAlikeFromHeapAndDirectBuffers() {
        byte[] text = "Zürich \u2708 München".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        ByteBuffer heap = ByteBuffer.wrap(text).slice();
        ByteBuffer direct = ByteBuffer.allocateDirect(text.length).put(text).flip();

        assertThat(new ByteReader(heap).readString(text.length))
                .isEqualTo(new ByteReader(direct).readString(text.length))
                .isEqualTo("Zürich \u2708 München");
    }

    @Test
    void aRequestOfMoreFieldsThanTheLimitIsRefused() {
        ByteReader reader = reader(new byte[Limits.REQUEST_FIELDS + 1]);
        for (int i = 0; i < Limits.REQUEST_FIELDS; i++) {
            reader.readByte();
        }

        assertThatThrownBy(reader::readByte)
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("fields");
    }

    private static ByteReader reader(byte[] bytes) {
        return new ByteReader(ByteBuffer.wrap(bytes));
    }
}

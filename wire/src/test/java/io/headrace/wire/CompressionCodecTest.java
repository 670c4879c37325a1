package io.headrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionCodecTest {

    @ParameterizedTest
    @EnumSource(CompressionCodec.class)
    void idsAreKafkas(CompressionCodec codec) {
        assertThat(CompressionType.forId(codec.id()).name()).isEqualTo(codec.name());
        assertThat(CompressionCodec.forId(codec.id())).isEqualTo(codec);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "LZ4", "ZSTD"})
    void levelsAreKafkas(CompressionCodec codec) {
        CompressionType kafkas = CompressionType.forId(codec.id());

        assertThat(codec.lowestLevel()).isEqualTo(kafkas.minLevel());
        assertThat(codec.highestLevel()).isEqualTo(kafkas.maxLevel());
        assertThat(codec.defaultLevel()).isEqualTo(kafkas.defaultLevel());
        assertThat(codec.acceptsLevel(kafkas.defaultLevel())).isTrue();
        assertThat(codec.acceptsLevel(kafkas.maxLevel() + 1)).isFalse();
        assertThat(codec.acceptsLevel(kafkas.minLevel() - 1)).isFalse();
    }

    @Test
    void theIdsThatAreLeftAreNull() {
        assertThat(CompressionCodec.forId(5)).isNull();
        assertThat(CompressionCodec.forId(7)).isNull();
        assertThat(CompressionCodec.forId(-1)).isNull();
    }
}

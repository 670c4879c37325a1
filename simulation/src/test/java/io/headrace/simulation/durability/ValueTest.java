package io.headrace.simulation.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {

    @ParameterizedTest(name = "{0} dots")
    @ValueSource(ints = {0, 1, 2, 9, 10, 100})
    void aValueIsReadAsItWasWrittenAndADamagedOneIsNot(int dots) {
        Value value = new Value(3, 17, true);
        ByteBuffer bytes = value.encode(dots);
        assertThat(Value.decode(bytes)).isEqualTo(value);

        for (int i = 0; i < bytes.remaining(); i++) {
            bytes.put(i, (byte) (bytes.get(i) ^ 1));
            assertThat(Value.decode(bytes)).isNotEqualTo(value);
            bytes.put(i, (byte) (bytes.get(i) ^ 1));
        }
    }
}

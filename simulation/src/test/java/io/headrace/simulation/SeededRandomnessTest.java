package io.headrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeededRandomnessTest {

    /** The published outputs of SplitMix64: a seed written down today must mean the same run for ever. */
    @Test
    void aSeedMeansTheSameForEver() {
        SeededRandomness random = new SeededRandomness(1234567);

        assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
        assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
        assertThat(random.nextLong()).isEqualTo(Long.parseUnsignedLong("9817491932198370423"));
    }

    @Test
    void choicesStayWithinTheirBounds() {
        SeededRandomness random = new SeededRandomness(1);
        boolean[] seen = new boolean[3];
        for (int i = 0; i < 100; i++) {
            seen[random.between(5, 7) - 5] = true;
        }
        assertThat(seen).containsOnly(true);
        assertThat(random.oneIn(0)).isFalse();
        assertThat(random.oneIn(1)).isTrue();
    }

    @Test
    void aForkIsARandomnessOfItsOwn() {
        SeededRandomness random = new SeededRandomness(1);
        assertThat(random.fork().nextLong()).isNotEqualTo(random.fork().nextLong());
    }
}

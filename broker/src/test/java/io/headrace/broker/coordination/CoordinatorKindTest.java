package io.headrace.broker.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoordinatorKindTest {

    /** As Apache Kafka 4.4 places them, by the amount of the hash code: also where that is negative, or the lowest of all. */
    @ParameterizedTest
    @CsvSource({"resting, 20", "classic-at-work, 36", "teller, 48", "consumer-at-work, 36", "polygenelubricants, 0"})
    void aKeyBelongsToThePartitionThatKafkaTakes(String key, int partition) {
        assertThat(CoordinatorKind.partitionOf(key, 50)).isEqualTo(partition);
    }
}

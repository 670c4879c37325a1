package io.headrace.metadata.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 9, 0",
        "'', abc, 9, 3",
        "retention.ms, retention.ms, 9, 0",
        "retention.sm, retention.ms, 9, 2",
        "kitten, sitting, 9, 3",
        "kitten, sitting, 2, 2"
    })
    void itCountsCharactersUpToEnough(String left, String right, int enough, int distance) {
        assertThat(EditDistance.between(left, right, enough)).isEqualTo(distance);
        assertThat(EditDistance.between(right, left, enough)).isEqualTo(distance);
    }
}

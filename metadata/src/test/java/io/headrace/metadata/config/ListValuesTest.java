package io.headrace.metadata.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListValuesTest {

    @ParameterizedTest(name = "{0} and {1} is {2}")
    @CsvSource(
            nullValues = "null",
            value = {
                "null, delete, delete",
                "'', delete, delete",
                "delete, delete, delete",
                "'a, b', 'b,c', 'a,b,c'",
                "a, '', a"
            })
    void appendAddsWhatIsNotThereYet(String current, String operand, String sum) {
        assertThat(ListValues.append(current, operand)).isEqualTo(sum);
    }

    @ParameterizedTest(name = "{0} without {1} is {2}")
    @CsvSource(
            nullValues = "null",
            value = {"null, delete, ''", "delete, delete, ''", "'a,b,c', 'c, a', b", "a, b, a", "'a,b', '', 'a,b'"})
    void subtractTakesOutWhatIsThere(String current, String operand, String difference) {
        assertThat(ListValues.subtract(current, operand)).isEqualTo(difference);
    }
}

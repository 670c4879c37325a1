package io.headrace.compat.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge finds what it is there to find. */
class ExactlyOnceTest {

    private static final Map<String, List<String>> IN = Map.of("a", List.of("1", "2", "3"), "b", List.of("1", "2"));

    @Test
    void whatWentInCameOut() {
        assertThat(ExactlyOnce.findings(IN, IN)).isEmpty();
    }

    @Test
    void aRecordIsLostInTheMiddle() {
        assertThat(findings("a", "1", "3")).containsExactly("a: 2 is lost");
    }

    @Test
    void aRecordIsLostAtTheEnd() {
        assertThat(findings("a", "1", "2")).containsExactly("a: 3 is lost");
    }

    @Test
    void aWholeKeyIsLost() {
        assertThat(ExactlyOnce.findings(IN, Map.of("a", List.of("1", "2", "3"))))
                .containsExactly("b: 1 is lost", "b: 2 is lost");
    }

    @Test
    void aRecordIsDoubled() {
        assertThat(findings("a", "1", "2", "2", "3")).containsExactly("a: 2 came again");
    }

    @Test
    void aTransactionIsDoubledLater() {
        assertThat(findings("a", "1", "2", "3", "1", "2")).containsExactly("a: 1 came again", "a: 2 came again");
    }

    @Test
    void twoRecordsChangedPlaces() {
        assertThat(findings("a", "1", "3", "2")).containsExactly("a: 2 came after 3");
    }

    @Test
    void oneIsLostAndAnotherDoubledSoThatTheirNumberIsRight() {
        assertThat(findings("a", "1", "1", "3")).containsExactly("a: 1 came again", "a: 2 is lost");
    }

    @Test
    void aRecordOfAnotherKey() {
        assertThat(findings("a", "1", "2", "3", "4")).containsExactly("a: 4 was never sent");
        assertThat(ExactlyOnce.findings(Map.of(), Map.of("c", List.of("1")))).containsExactly("c: 1 was never sent");
    }

    private static List<String> findings(String key, String... values) {
        return ExactlyOnce.findings(IN, Map.of(key, List.of(values), "b", List.of("1", "2")));
    }
}

package io.headrace.simulation.durability;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.simulation.Violation;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every broken promise, planted: the judge must not be blind to any of them. */
class PartitionHistoryTest {

    private static final Value FIRST = new Value(1, 0, true);
    private static final Value SECOND = new Value(1, 1, true);
    private static final Value OTHER = new Value(2, 0, false);

    private final PartitionHistory history = new PartitionHistory("flights-0");

    private static SortedMap<Long, Value> log(long start, Value... values) {
        TreeMap<Long, Value> log = new TreeMap<>();
        for (Value value : values) {
            log.put(start++, value);
        }
        return log;
    }

    @Test
    void aLogThatHasAllThatWasToldIsInOrder() {
        history.acknowledged(0, List.of(FIRST, SECOND));
        history.seen(2, OTHER);

        assertThatCode(() -> history.compare(log(0, FIRST, SECOND, OTHER, OTHER), 0, 4))
                .doesNotThrowAnyException();
    }

    @Test
    void anAcknowledgedRecordThatIsGoneIsNoticed() {
        history.acknowledged(0, List.of(FIRST, SECOND));

        assertThatThrownBy(() -> history.compare(log(0, FIRST), 0, 1))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("offset 1 was acknowledged as i1-1 and is gone");
    }

    @Test
    void aRecordThatWasSeenAndVanishedIsNoticed() {
        history.seen(0, OTHER);

        assertThatThrownBy(() -> history.compare(log(0), 0, 0))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("offset 0 was seen as p2-0 and is gone");
    }

    @Test
    void aRecordThatChangedIsNoticed() {
        history.seen(0, OTHER);

        assertThatThrownBy(() -> history.compare(log(0, FIRST), 0, 1)).hasMessageContaining("is now i1-0");
        assertThatThrownBy(() -> history.seen(0, FIRST))
                .hasMessageContaining("was seen as p2-0 and is now seen as i1-0");
    }

    @Test
    void anOffsetThatIsGivenTwiceIsNoticed() {
        history.acknowledged(0, List.of(FIRST));

        assertThatThrownBy(() -> history.acknowledged(0, List.of(OTHER))).isInstanceOf(Violation.class);
    }

    @Test
    void aRetryAnsweredWithTheOffsetsOfALostBatchIsNoticed() {
        history.acknowledged(0, List.of(OTHER));
        history.acknowledged(1, List.of(FIRST));

        assertThatThrownBy(() -> history.compare(log(0, OTHER), 0, 1)).hasMessageContaining("is gone");
    }

    @Test
    void anIdempotentValueThatIsThereTwiceIsNoticed() {
        assertThatThrownBy(() -> history.compare(log(0, FIRST, FIRST), 0, 2))
                .hasMessageContaining("i1-0 is at offset 1 and at 0");
        history.acknowledged(0, List.of(FIRST));
        assertThatThrownBy(() -> history.seen(7, FIRST)).hasMessageContaining("is at offset 0 and, seen, at 7");
    }

    @Test
    void aPlainProducersRetryMayBeThereTwice() {
        assertThatCode(() -> history.compare(log(0, OTHER, OTHER), 0, 2)).doesNotThrowAnyException();
    }

    @Test
    void aProducersRecordsOutOfOrderAreNoticed() {
        assertThatThrownBy(() -> history.compare(log(0, SECOND, FIRST), 0, 2)).hasMessageContaining("i1-0, after i1-1");
    }

    @Test
    void aHoleIsNoticed() {
        SortedMap<Long, Value> log = log(0, FIRST, SECOND, OTHER);
        log.remove(1L);

        assertThatThrownBy(() -> history.compare(log, 0, 3)).hasMessageContaining("skips from offset 1 to 2");
    }

    @Test
    void anEndThatCannotBeReadIsNoticed() {
        assertThatThrownBy(() -> history.compare(log(0, FIRST), 0, 2))
                .hasMessageContaining("can be read up to offset 1 but the high watermark is 2");
    }

    @Test
    void whatWasDeletedNeedNotBeThere() {
        history.acknowledged(0, List.of(FIRST, SECOND));
        history.startsAt(1);

        assertThatCode(() -> history.compare(log(1, SECOND), 1, 2)).doesNotThrowAnyException();
    }
}

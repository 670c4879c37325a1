package io.headrace.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.replication.ReadsUnderWay.Generation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadsUnderWayTest {

    private final ReadsUnderWay reads = new ReadsUnderWay();
    private final List<String> heard = new ArrayList<>();

    @Test
    void withoutReadsNobodyWaits() {
        reads.whenBack(() -> heard.add("back"));

        assertThat(heard).containsExactly("back");
    }

    @Test
    void allReadsThatBeganBeforeAreWaitedFor() {
        Generation first = reads.began();
        Generation second = reads.began();
        reads.whenBack(() -> heard.add("back"));
        reads.ended(second);
        assertThat(heard).isEmpty();

        reads.ended(first);

        assertThat(heard).containsExactly("back");
    }

    @Test
    void readsThatBeginLaterAreNotWaitedFor() {
        Generation before = reads.began();
        reads.whenBack(() -> heard.add("first"));
        Generation later = reads.began();

        reads.ended(before);

        assertThat(heard).containsExactly("first");
        reads.whenBack(() -> heard.add("second"));
        reads.ended(later);
        assertThat(heard).containsExactly("first", "second");
    }
}

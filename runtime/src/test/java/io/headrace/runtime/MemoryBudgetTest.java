package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget(100);
    private final List<String> told = new ArrayList<>();
    private final Waiter first = new Waiter("first");
    private final Waiter second = new Waiter("second");
    private final Waiter third = new Waiter("third");

    @Test
    void everybodyMayReadAsLongAsThereIsMemory() {
        budget.reserve(99);

        assertThat(budget.mayRead(first, false)).isTrue();
        assertThat(budget.mayRead(second, false)).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void thoseWhoWaitReadOneAtATimeInTheirOrder() {
        exhaust();
        assertThat(budget.mayRead(first, false)).isFalse();
        assertThat(budget.mayRead(second, false)).isFalse();

        budget.release(50);
        assertThat(told).containsExactly("first");
        budget.release(10);
        assertThat(told).containsExactly("first");
        assertThat(budget.mayRead(first, false)).isTrue();
        budget.hasRead(first, false);

        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void nobodyOvertakesTheQueue() {
        exhaust();
        budget.mayRead(first, false);
        budget.release(50);

        assertThat(budget.mayRead(second, false)).isFalse();
        budget.hasRead(first, false);

        assertThat(told).containsExactly("first", "second");
        budget.hasRead(second, false);
        assertThat(budget.mayRead(third, false)).isTrue();
    }

    @Test
    void aReaderThatUsesTheMemoryUpLeavesTheOthersWaiting() {
        exhaust();
        budget.mayRead(first, false);
        budget.mayRead(second, false);
        budget.release(10);

        budget.reserve(10);
        budget.hasRead(first, false);
        assertThat(told).containsExactly("first");
        budget.release(10);

        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void ifOnlyIncompleteFramesHoldMemoryTheFirstOfThemGoesOnUntilItIsComplete() {
        exhaust();
        budget.mayRead(first, false);
        budget.mayRead(second, true);
        budget.mayRead(third, true);
        assertThat(told).containsExactly("second");

        budget.reserve(50);
        budget.hasRead(second, true);
        assertThat(budget.mayRead(second, true)).as("goes on").isTrue();
        budget.hasRead(second, false);
        assertThat(told).containsExactly("second", "third");
        budget.release(100);

        assertThat(told).containsExactly("second", "third", "first");
    }

    @Test
    void aSlowReaderWithoutMemoryDoesNotHoldUpTheOthersOnceThereIsSome() {
        exhaust();
        budget.mayRead(first, true);
        budget.mayRead(second, false);
        assertThat(told).containsExactly("first");

        budget.release(50);

        assertThat(told).containsExactly("first", "second");
        assertThat(budget.mayRead(first, true)).as("has to queue again").isFalse();
    }

    @Test
    void whoeverLeavesMakesRoomForTheNext() {
        exhaust();
        budget.mayRead(first, false);
        budget.mayRead(second, false);
        budget.mayRead(third, false);
        budget.release(50);

        budget.leave(second);
        budget.leave(first);

        assertThat(told).containsExactly("first", "third");
    }

    private void exhaust() {
        budget.reserve(100);
    }

    private final class Waiter implements MemoryBudget.Reader {
        private final String name;

        Waiter(String name) {
            this.name = name;
        }

        @Override
        public void mayReadNow() {
            told.add(name);
        }
    }
}

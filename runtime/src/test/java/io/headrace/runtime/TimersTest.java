package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersTest {

    private final Timers timers = new Timers();
    private final List<String> ran = new ArrayList<>();

    @Test
    void nothingIsDueBeforeItsDeadline() {
        timers.add(100, () -> {});

        assertThat(timers.pollDue(99)).isNull();
        assertThat(timers.untilNext(99)).isEqualTo(1);
        assertThat(timers.pollDue(100)).isNotNull();
        assertThat(timers.untilNext(100)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void timersOfOneDeadlineRunInTheOrderOfTheirMaking() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            timers.add(7, () -> ran.add(name));
        }

        runDue(7);

        assertThat(ran).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void deadlinesAreComparedAcrossTheEndOfTheClocksRange() {
        timers.add(Long.MIN_VALUE + 5, () -> ran.add("later"));
        timers.add(Long.MAX_VALUE - 5, () -> ran.add("sooner"));

        runDue(Long.MAX_VALUE);
        assertThat(ran).containsExactly("sooner");
        runDue(Long.MIN_VALUE + 5);
        assertThat(ran).containsExactly("sooner", "later");
    }

    @Test
    void aTimerCanBeCancelledOnceOrTwiceOrTooLate() {
        Timer cancelled = timers.add(1, () -> ran.add("cancelled"));
        Timer kept = timers.add(2, () -> ran.add("kept"));
        assertThat(cancelled.pending()).isTrue();

        cancelled.cancel();
        cancelled.cancel();
        runDue(10);
        kept.cancel();

        assertThat(ran).containsExactly("kept");
        assertThat(cancelled.pending()).isFalse();
        assertThat(kept.pending()).isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatIsAddedAndNotCancelledRunsInOrder(long seed) {
        Random random = new Random(seed);
        List<Model> model = new ArrayList<>();
        List<Timer> handles = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            if (random.nextInt(3) == 0 && !handles.isEmpty()) {
                int which = random.nextInt(handles.size());
                handles.remove(which).cancel();
                model.remove(which);
            } else {
                String name = "timer " + i;
                long deadline = random.nextInt(200);
                handles.add(timers.add(deadline, () -> ran.add(name)));
                model.add(new Model(deadline, i, name));
            }
        }

        for (long now = 0; now <= 200; now += 10) {
            runDue(now);
        }

        model.sort(Comparator.comparingLong(Model::deadline).thenComparingInt(Model::sequence));
        assertThat(ran).isEqualTo(model.stream().map(Model::name).toList());
        assertThat(timers.size()).isZero();
    }

    private void runDue(long now) {
        for (Timer due = timers.pollDue(now); due != null; due = timers.pollDue(now)) {
            due.task().run();
        }
    }

    private record Model(long deadline, int sequence, String name) {}
}

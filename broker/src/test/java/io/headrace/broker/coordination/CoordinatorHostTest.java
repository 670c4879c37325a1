package io.headrace.broker.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.broker.coordination.HostRig.Outcome;
import io.headrace.broker.coordination.Notes.Event;
import io.headrace.log.LogConfig;
import io.headrace.runtime.NioDisk;
import io.headrace.testing.FaultyDisk;
import io.headrace.wire.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatorHostTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 300, 1 << 20})
    void whatWasAnsweredIsThereAfterARestart(int loadBytes) throws Exception {
        List<String> written = new ArrayList<>();
        try (HostRig rig = HostRig.over(directory).loaded()) {
            List<CompletableFuture<Outcome>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String text = "note " + i;
                written.add(text);
                answers.add(rig.ask(ticket -> new Event.Write(ticket, text)));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(answers.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(new Outcome(i + 1, ErrorCode.NONE));
            }
        }

        try (HostRig rig = HostRig.over(directory, loadBytes).loaded()) {
            assertThat(rig.askNow(Event.Ring::new)).isEqualTo(new Outcome(100, ErrorCode.NONE));
            assertThat(rig.kind.core().texts()).isEqualTo(written);
        }
    }

    @Test
    void whoIsParkedIsAnsweredByALaterStep() throws Exception {
        try (HostRig rig = HostRig.over(directory).loaded()) {
            CompletableFuture<Outcome> parked = rig.ask(Event.Wait::new);
            rig.askNow(ticket -> new Event.Write(ticket, "one"));
            assertThat(parked).isNotDone();

            rig.askNow(Event.Ring::new);

            assertThat(parked.get(20, TimeUnit.SECONDS)).isEqualTo(new Outcome(1, ErrorCode.NONE));
        }
    }

    @Test
    void aTimerComesBackAsAnEvent() throws Exception {
        try (HostRig rig = HostRig.over(directory).loaded()) {
            rig.askNow(ticket -> new Event.WriteLater(ticket, "late", 5));

            Outcome outcome;
            do {
                outcome = rig.askNow(Event.Ring::new);
            } while (outcome.notes() == 0);

            assertThat(rig.kind.core().texts()).containsExactly("late");
        }
    }

    @Test
    void aLostWriteIsToldToEverybodyAndTheLogIsReadAgain() throws Exception {
        FaultyDisk disk = new FaultyDisk(new NioDisk());
        try (HostRig rig = HostRig.over(directory, disk).loaded()) {
            rig.askNow(ticket -> new Event.Write(ticket, "kept"));
            CompletableFuture<Outcome> parked = rig.ask(Event.Wait::new);
            rig.askNow(ticket -> new Event.Write(ticket, "kept too"));
            disk.full(true);

            assertThat(rig.askNow(ticket -> new Event.Write(ticket, "lost")))
                    .isEqualTo(Outcome.refused(ErrorCode.NOT_COORDINATOR));
            assertThat(parked.get(20, TimeUnit.SECONDS)).isEqualTo(Outcome.refused(ErrorCode.NOT_COORDINATOR));
            disk.full(false);

            Outcome outcome;
            do {
                outcome = rig.askNow(Event.Ring::new);
            } while (outcome.error() != ErrorCode.NONE);
            assertThat(rig.kind.core().texts()).containsExactly("kept", "kept too");
        }
    }

    @Test
    void whatIsLargerThanTheTopicTakesIsWrittenAllTheSame() throws Exception {
        LogConfig config = LogConfig.defaults().with(draft -> draft.maxMessageBytes = 100);
        try (HostRig rig = HostRig.over(directory, config).loaded()) {
            assertThat(rig.askNow(ticket -> new Event.Write(ticket, "long ".repeat(100))))
                    .isEqualTo(new Outcome(1, ErrorCode.NONE));
            assertThat(rig.kind.coresMade()).isEqualTo(1);
        }
    }

    @Test
    void aStepThatNoSegmentHoldsIsAnErrorToTheRequestThatLedToIt() throws Exception {
        LogConfig config = LogConfig.defaults().with(draft -> draft.segmentBytes = 1_000);
        try (HostRig rig = HostRig.over(directory, config).loaded()) {
            rig.askNow(ticket -> new Event.Write(ticket, "kept"));
            CompletableFuture<Outcome> parked = rig.ask(Event.Wait::new);

            assertThat(rig.askNow(ticket -> new Event.Write(ticket, "long ".repeat(300))))
                    .isEqualTo(Outcome.refused(ErrorCode.UNKNOWN_SERVER_ERROR));
            assertThat(parked.get(20, TimeUnit.SECONDS)).isEqualTo(Outcome.refused(ErrorCode.NOT_COORDINATOR));

            Outcome outcome;
            do {
                outcome = rig.askNow(Event.Ring::new);
            } while (outcome.error() != ErrorCode.NONE);
            assertThat(rig.kind.core().texts()).containsExactly("kept");
        }
    }

    @Test
    void aCoreThatBreaksIsLoadedAgain() throws Exception {
        try (HostRig rig = HostRig.over(directory).loaded()) {
            rig.askNow(ticket -> new Event.Write(ticket, "kept"));

            assertThat(rig.askNow(_ -> new Event.Break())).isEqualTo(Outcome.refused(ErrorCode.NOT_COORDINATOR));

            assertThat(rig.loaded().askNow(Event.Ring::new)).isEqualTo(new Outcome(1, ErrorCode.NONE));
            assertThat(rig.kind.coresMade()).isEqualTo(2);
        }
    }

    @Test
    void whileItLoadsForLongRequestsAreToldSo() throws Exception {
        CountDownLatch openingMay = new CountDownLatch(1);
        try (HostRig rig = HostRig.over(directory, openingMay)) {
            assertThat(rig.askNow(Event.Ring::new))
                    .as("after a moment's patience")
                    .isEqualTo(Outcome.refused(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));
            assertThat(rig.askNow(Event.Ring::new))
                    .as("at once")
                    .isEqualTo(Outcome.refused(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));
            openingMay.countDown();

            Outcome outcome;
            do {
                outcome = rig.askNow(Event.Ring::new);
            } while (outcome.error() == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
            assertThat(outcome).isEqualTo(new Outcome(0, ErrorCode.NONE));
        }
    }

    @Test
    void whoeverIsParkedIsSentAwayWhenTheBrokerStops() throws Exception {
        try (HostRig rig = HostRig.over(directory).loaded()) {
            CompletableFuture<Outcome> parked = rig.ask(Event.Wait::new);
            CompletableFuture<Outcome> written = rig.ask(ticket -> new Event.Write(ticket, "last"));

            rig.stop();

            assertThat(parked.get(20, TimeUnit.SECONDS)).isEqualTo(Outcome.refused(ErrorCode.NOT_COORDINATOR));
            assertThat(written.get(20, TimeUnit.SECONDS))
                    .isIn(new Outcome(1, ErrorCode.NONE), Outcome.refused(ErrorCode.NOT_COORDINATOR));
            assertThat(rig.askNow(Event.Ring::new)).isEqualTo(Outcome.refused(ErrorCode.NOT_COORDINATOR));
        }
    }
}

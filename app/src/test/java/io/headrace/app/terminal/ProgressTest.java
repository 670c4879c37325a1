package io.headrace.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void aPersonSeesOneLineThatIsRewrittenAndThenGone() {
        TerminalProbe probe = new TerminalProbe("", new Terminal.People(false, false, true));
        Progress progress = new Progress(probe.terminal(), false);

        while (probe.err().isEmpty()) {
            progress.tick(() -> "half");
        }
        progress.say("done");

        assertThat(probe.err()).isEqualTo("\r\u001b[Khalf\r\u001b[Kdone\n");
    }

    @Test
    void aPipeSeesNothingUnlessAskedFor() {
        TerminalProbe probe = new TerminalProbe();

        new Progress(probe.terminal(), false).tick(() -> "half");

        assertThat(probe.err()).isEmpty();
    }
}

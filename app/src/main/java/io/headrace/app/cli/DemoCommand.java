package io.headrace.app.cli;

import io.headrace.app.demo.Demo;
import io.headrace.app.demo.DemoFailed;
import io.headrace.app.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code demo}. */
@Command(
        name = "demo",
        description =
                "Stream real flights through a broker of its own to a group that comes and goes, and kill it half-way.",
        footer = {
            "",
            "The broker runs on a free port with a fresh data directory. At the end everything is read again and",
            "checked: nothing lost, nothing doubled, every key in order. Nothing is left behind.",
            "",
            "Example:",
            "  headrace demo"
        })
final class DemoCommand implements Callable<Integer> {

    private final Terminal terminal;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, DemoFailed {
        Demo.run(terminal);
        return ExitCode.DONE;
    }
}

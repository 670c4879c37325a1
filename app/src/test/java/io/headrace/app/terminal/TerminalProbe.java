package io.headrace.app.terminal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A terminal for tests: what goes in is given, what comes out is kept. */
public final class TerminalProbe {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal;

    public TerminalProbe(String in, Terminal.People people) {
        terminal = new Terminal(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), out, err, people);
    }

    public TerminalProbe() {
        this("", Terminal.People.NOWHERE);
    }

    public Terminal terminal() {
        return terminal;
    }

    public String out() {
        terminal.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

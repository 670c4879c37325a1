package io.headrace.benchmarks.sidebyside;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Counts the fsyncs of a process, by Linux's perf. Where there is no perf, or it may not, the count is not a number. */
final class Fsyncs {

    private static final long ATTACH_MS = 300;

    private final Process perf;

    private Fsyncs(Process perf) {
        this.perf = perf;
    }

    /** Begins to count. */
    static Fsyncs of(long pid) throws InterruptedException {
        try {
            Process perf = new ProcessBuilder(
                            "perf",
                            "stat",
                            "-x,",
                            "-esyscalls:sys_enter_fsync,syscalls:sys_enter_fdatasync",
                            "-p" + pid)
                    .redirectErrorStream(true)
                    .start();
            Thread.sleep(ATTACH_MS);
            return new Fsyncs(perf);
        } catch (IOException _) {
            return new Fsyncs(null);
        }
    }

    /** How many there were; ends the counting. */
    double count() throws IOException, InterruptedException {
        if (perf == null) {
            return Double.NaN;
        }
        new ProcessBuilder("kill", "-INT", Long.toString(perf.pid())).start().waitFor();
        double count = Double.NaN;
        try (BufferedReader lines = perf.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(",syscalls:")) {
                    count = (Double.isNaN(count) ? 0 : count) + calls(line);
                }
            }
        }
        return count;
    }

    /** The first field; a process that did nothing at all meanwhile is not counted. */
    private static double calls(String line) {
        String field = line.substring(0, line.indexOf(','));
        return field.startsWith("<") ? 0 : Double.parseDouble(field);
    }
}

package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the README from top to bottom: each fenced block as it stands, in one directory in which {@code ./headrace} is the
 * launcher. A text block is what the block before it prints. Where port 9092 is taken, another takes its place; nothing
 * else is changed.
 */
class ReadmeSnippetsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path JAR = ROOT.resolve(Path.of("app", "target", "headrace.jar"));
    private static final String IN_THE_BACKGROUND = "<!-- in the background -->";
    private static final String NOT_RUN = "<!-- not run by the test: ";
    private static final String PYTHON = "/usr/bin/python3";
    private static final int DEFAULT_PORT = 9092;
    private static final int PATIENCE_S = 60;

    @TempDir
    private Path directory;

    private final List<Process> inTheBackground = new ArrayList<>();
    private int port;

    /** {@code output} is null where the README shows none. */
    private record Snippet(int line, String language, String mark, String text, String output) {

        boolean background() {
            return mark.equals(IN_THE_BACKGROUND);
        }
    }

    @BeforeEach
    void choosePort() throws IOException {
        Path launcher = Files.writeString(
                directory.resolve("headrace"), "#!/bin/sh\nexec '" + ROOT.resolve("headrace") + "' \"$@\"\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        try (ServerSocket socket = new ServerSocket(DEFAULT_PORT)) {
            port = socket.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
        }
    }

    @AfterEach
    void endWhatWasStarted() throws InterruptedException {
        for (Process process : inTheBackground) {
            // The shell that runs the snippet is not the broker, which would outlive it.
            List<ProcessHandle> started = process.descendants().toList();
            started.forEach(ProcessHandle::destroy);
            process.destroy();
            for (ProcessHandle one : started) {
                one.onExit().join();
            }
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> everySnippetRunsAsItStands() throws IOException {
        return snippets().stream()
                .filter(snippet -> !snippet.mark().startsWith(NOT_RUN))
                .map(snippet -> DynamicTest.dynamicTest(
                        "line " + snippet.line() + ", " + snippet.language(), () -> run(snippet)));
    }

    @Test
    void theReadmeShowsJavaPythonAndKcat() throws IOException {
        assertThat(snippets()).extracting(Snippet::language).contains("java", "python");
        assertThat(snippets()).extracting(Snippet::text).anyMatch(text -> text.contains("kcat "));
    }

    private void run(Snippet snippet) throws IOException, InterruptedException {
        List<String> command = command(snippet);
        Path out = Files.createTempFile(directory, "snippet", ".out");
        Path err = Files.createTempFile(directory, "snippet", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HEADRACE_BOOTSTRAP", "localhost:" + port);
        Process process = builder.start();
        if (snippet.background()) {
            inTheBackground.add(process);
            awaitLine(process, out, "listening on ");
            return;
        }
        boolean ended = process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(out) + Files.readString(err);
        assertThat(ended).as("it ends: %s", said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        if (snippet.output() != null) {
            assertThat(Files.readString(out)).as(said).isEqualTo(snippet.output());
        }
    }

    private List<String> command(Snippet snippet) throws IOException, InterruptedException {
        String text = here(snippet.text());
        return switch (snippet.language()) {
            case "sh" -> {
                assumeTrue(!text.contains("kcat ") || succeeds("kcat", "-V"), "kcat is not installed");
                yield List.of("sh", "-e", "-c", text);
            }
            case "python" -> {
                assumeTrue(
                        succeeds(PYTHON, "-c", "import confluent_kafka"), "python3-confluent-kafka is not installed");
                yield List.of(PYTHON, "-c", text);
            }
            case "java" -> {
                String java =
                        Path.of(System.getProperty("java.home"), "bin", "java").toString();
                Path program = Files.writeString(directory.resolve("Flights.java"), text);
                yield List.of(java, "-cp", JAR.toString(), program.toString());
            }
            default -> throw new AssertionError("line " + snippet.line() + ": who runs " + snippet.language() + "?");
        };
    }

    private String here(String text) {
        if (port == DEFAULT_PORT) {
            return text;
        }
        return text.replace("localhost:" + DEFAULT_PORT, "localhost:" + port)
                .replace("./headrace start", "./headrace start --port " + port);
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(new File("/dev/null"))
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static void awaitLine(Process process, Path out, String wanted) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!Files.readString(out).contains(wanted)) {
            assertThat(System.nanoTime()).as("waiting for '%s'", wanted).isLessThan(deadline);
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS))
                    .as("it goes on")
                    .isFalse();
        }
    }

    private static List<Snippet> snippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("```")) {
                continue;
            }
            int begin = i;
            StringBuilder text = new StringBuilder();
            for (i++; !lines.get(i).equals("```"); i++) {
                text.append(lines.get(i)).append('\n');
            }
            String language = lines.get(begin).substring("```".length());
            if (language.equals("text")) {
                Snippet shown = snippets.removeLast();
                snippets.add(new Snippet(shown.line(), shown.language(), shown.mark(), shown.text(), text.toString()));
            } else {
                String mark = lines.get(begin - 1);
                snippets.add(new Snippet(begin + 1, language, mark, text.toString(), null));
            }
        }
        return snippets;
    }
}

package io.headrace.compat.tools;

import io.headrace.compat.ProgramClasses;
import io.headrace.compat.ServerProcess;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs Kafka's tools against one server, in a JVM that lasts over all of them. Used by one thread at a time. */
final class ToolProcess implements AutoCloseable {

    private final ServerProcess server;
    private final Path directory;
    private final Path output;
    private final Process process;
    private final DataOutputStream orders;
    private final DataInputStream answers;

    /** @param directory for what the JVM itself has to say, and files that tools read */
    ToolProcess(ServerProcess server, Path directory) throws IOException {
        this.server = server;
        this.directory = directory;
        this.output = directory.resolve("tools.log");
        Files.createDirectories(directory);
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        ProgramClasses.classPath(),
                        ToolHost.class.getName())
                .redirectError(output.toFile())
                .start();
        orders = new DataOutputStream(process.getOutputStream());
        answers = new DataInputStream(process.getInputStream());
    }

    /** What a tool left: its exit code, and what it printed to its output and its error output. */
    record Outcome(int exitCode, String printed) {}

    Outcome run(Tool tool, List<String> arguments) {
        try {
            orders.writeUTF(tool.mainClass());
            List<String> all = new ArrayList<>(List.of("--bootstrap-server", server.bootstrap()));
            all.addAll(arguments);
            orders.writeInt(all.size());
            for (String argument : all) {
                orders.writeUTF(argument.startsWith("@") ? file(argument.substring(1)) : argument);
            }
            orders.flush();
            int exitCode = answers.readInt();
            byte[] printed = answers.readNBytes(answers.readInt());
            return new Outcome(exitCode, new String(printed, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(said(), e);
        }
    }

    /** An argument that begins with @ is what a file is to contain, whose path the tool gets. */
    private String file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "argument-", ".json"), content.replace("\\n", "\n"))
                .toString();
    }

    private String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package io.headrace.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The source tree that this runs in: where the jar is, and how the launcher starts it. */
final class Checkout {

    private static final String FLAGS = "jvm_flags='";

    private Checkout() {}

    /** The jar under test; {@code -Dheadrace.jar=FILE} names another. */
    static Path jar() {
        String named = System.getProperty("headrace.jar");
        Path jar = named == null ? root().resolve("app/target/headrace.jar") : Path.of(named);
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("there is no " + jar.toAbsolutePath() + "; ./dev build makes it");
        }
        return jar;
    }

    /** The flags that {@code ./headrace} gives to the JVM, read from it, so that they are written down once. */
    static List<String> launcherFlags() {
        try {
            for (String line : Files.readAllLines(root().resolve("headrace"))) {
                if (line.startsWith(FLAGS) && line.endsWith("'")) {
                    return List.of(
                            line.substring(FLAGS.length(), line.length() - 1).split(" ", -1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("./headrace has no line " + FLAGS + "...'");
    }

    /** A test runs in its module's folder, a benchmark in the root. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("headrace"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("not inside a checkout of Headrace");
            }
        }
        return folder;
    }
}

package io.headrace.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes that Kafka's own programs run on: those of their release go before those of the tests. */
public final class ProgramClasses {

    private static final Path JARS = Path.of("target/kafka-tools");

    private ProgramClasses() {}

    public static String classPath() {
        try (Stream<Path> jars = Files.list(JARS)) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(":")) + ":"
                    + System.getProperty("java.class.path");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

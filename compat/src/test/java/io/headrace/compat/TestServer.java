package io.headrace.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * The server that the tests of one class share: headrace.jar, or Apache Kafka with {@code -Dheadrace.server=kafka}. It is
 * started before the first test and ended after the last, and a failure is shown with what it had printed.
 */
public final class TestServer implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {

    private final Map<String, String> settings = new LinkedHashMap<>();
    private Path directory;
    private ServerProcess process;
    private JavaClients clients;

    static TestServer withDefaults() {
        return new TestServer();
    }

    TestServer set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    static boolean isKafka() {
        return System.getProperty("headrace.server", "headrace").equals("kafka");
    }

    /** A server that is not started yet, of the kind that is under test. */
    public static ServerProcess in(Path directory, Map<String, String> settings) {
        if (isKafka()) {
            KafkaProcess kafka = KafkaProcess.in(directory).startedQuickly();
            settings.forEach(kafka::set);
            return kafka.formatted();
        }
        BrokerProcess broker = BrokerProcess.in(directory).onPort(FreePort.any());
        settings.forEach(broker::set);
        return broker;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("headrace-compat-");
        process = in(directory, settings);
        process.start();
        clients = new JavaClients(process.bootstrap());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (clients != null) {
            clients.close();
        }
        if (process != null) {
            process.close();
        }
        delete(directory);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new IllegalStateException("the server's output:\n" + process.output()));
        throw failure;
    }

    ServerProcess process() {
        return process;
    }

    String bootstrap() {
        return process.bootstrap();
    }

    /** Clients of this server, closed with it. */
    JavaClients clients() {
        return clients;
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}

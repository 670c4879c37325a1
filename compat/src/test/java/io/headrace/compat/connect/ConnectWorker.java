package io.headrace.compat.connect;

import io.headrace.compat.Eventually;
import io.headrace.compat.FreePort;
import io.headrace.compat.JavaProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A worker of Kafka Connect in distributed mode, whose sources write in transactions and whose sinks read committed records.
 * It may be started again after it has ended. Used by one thread.
 */
final class ConnectWorker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path configuration;
    private final int port = FreePort.any();
    private final HttpClient http = HttpClient.newHttpClient();
    private JavaProgram program;
    private String earlierOutput = "";

    private ConnectWorker(Path configuration) {
        this.configuration = configuration;
    }

    /** A worker that is not started yet; its configuration lies in this directory. */
    static ConnectWorker in(Path directory, String bootstrap) throws IOException {
        ConnectWorker worker = new ConnectWorker(directory.resolve("worker.properties"));
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "bootstrap.servers", bootstrap,
                "listeners", "http://127.0.0.1:" + worker.port,
                "group.id", "connect",
                "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                "value.converter", "org.apache.kafka.connect.storage.StringConverter",
                "exactly.once.source.support", "enabled",
                "consumer.isolation.level", "read_committed",
                "plugin.discovery", "service_load"));
        for (String topic : new String[] {"config", "offset", "status"}) {
            settings.put(topic + ".storage.topic", "connect-" + topic);
            settings.put(topic + ".storage.replication.factor", "1");
        }
        settings.putAll(Map.of(
                "offset.storage.partitions", "3",
                "offset.flush.interval.ms", "500",
                "session.timeout.ms", "3000",
                "heartbeat.interval.ms", "500",
                "scheduled.rebalance.max.delay.ms", "0",
                "reconnect.backoff.max.ms", "200"));
        try (var file = Files.newBufferedWriter(worker.configuration)) {
            settings.store(file, null);
        }
        return worker;
    }

    /** Starts it and waits until it takes requests. */
    void start() throws Exception {
        if (program != null) {
            earlierOutput = output();
        }
        program = JavaProgram.startOfKafka(
                "connect", "org.apache.kafka.connect.cli.ConnectDistributed", configuration.toString());
        Eventually.until("the worker takes requests", PATIENCE, () -> {
            if (!program.isAlive()) {
                throw new AssertionError("the worker has ended");
            }
            return answers("/connectors");
        });
    }

    private boolean answers(String path) throws InterruptedException {
        try {
            return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** Creates a connector, or changes its configuration. */
    void configure(String connector, Map<String, String> settings) throws Exception {
        String json = settings.entrySet().stream()
                .map(setting -> "\"%s\":\"%s\"".formatted(setting.getKey(), setting.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
        HttpRequest request = request("/connectors/" + connector + "/config")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(connector + " was refused: " + response.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }

    void stop() {
        program.stop();
    }

    void kill() {
        program.kill();
    }

    String output() {
        return earlierOutput + program.output();
    }

    @Override
    public void close() {
        http.close();
        if (program != null) {
            program.close();
        }
    }
}

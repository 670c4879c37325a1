package io.headrace.app.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Option;

/** The flags of every command that talks to a cluster, and the clients made from them. */
final class ClusterOptions {

    private static final int DEFAULT_PORT = 9092;

    @Option(
            names = {"-b", "--bootstrap-server"},
            paramLabel = "HOST:PORT",
            defaultValue = "${env:HEADRACE_BOOTSTRAP:-localhost:9092}",
            description =
                    "The cluster, by one of its brokers or more, separated by commas. Default: HEADRACE_BOOTSTRAP, or else localhost:9092.")
    private String bootstrap;

    @Option(
            names = "--client-config",
            paramLabel = "FILE",
            description = "Properties of the Kafka client, as for Kafka's own tools.")
    private Path configFile;

    @Option(names = "-X", paramLabel = "KEY=VALUE", description = "One property of the Kafka client.")
    private final Map<String, String> properties = new LinkedHashMap<>();

    @Option(
            names = {"-v", "--verbose"},
            description = "Let the Kafka client say what it does, and show where an error came from.")
    private boolean verbose;

    /** The addresses, each with a port. */
    String bootstrap() {
        StringBuilder addresses = new StringBuilder();
        for (String address : bootstrap.split(",", -1)) {
            boolean bare = address.indexOf(':') < 0 || address.endsWith("]");
            addresses
                    .append(addresses.isEmpty() ? "" : ",")
                    .append(address.trim())
                    .append(bare ? ":" + DEFAULT_PORT : "");
        }
        return addresses.toString();
    }

    boolean verbose() {
        return verbose;
    }

    Admin admin() {
        Map<String, Object> config = common();
        config.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, Limits.ANSWER_WITHIN_MS);
        config.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Limits.ANSWER_WITHIN_MS);
        return Admin.create(config);
    }

    KafkaProducer<byte[], byte[]> producer(Map<String, Object> defaults) {
        Map<String, Object> config = common();
        defaults.forEach(config::putIfAbsent);
        config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, Limits.ANSWER_WITHIN_MS);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Without a group. */
    KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = common();
        config.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, Limits.ANSWER_WITHIN_MS);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> common() {
        Map<String, Object> config = new HashMap<>();
        if (configFile != null) {
            readConfigFile().forEach((key, value) -> config.put(key.toString(), value));
        }
        config.putAll(properties);
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap());
        config.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, "headrace");
        // Nobody reads them, and registering them with JMX takes time.
        config.putIfAbsent(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        config.putIfAbsent(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return config;
    }

    private Properties readConfigFile() {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(configFile, StandardCharsets.UTF_8)) {
            file.load(reader);
        } catch (NoSuchFileException missing) {
            throw new CommandFailed("there is no file " + configFile, missing);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new CommandFailed(
                    "the file " + configFile + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        return file;
    }
}

package io.headrace.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;

/**
 * Apache Kafka as one node that is broker and controller, to compare with. Its classes are those that {@code
 * -Dheadrace.kafka.classpath} names, or the ones on the class path of the JVM that this runs in. It logs warnings only, to
 * its output, which costs it less than its own scripts' log files.
 */
public final class KafkaProcess extends ServerProcess {

    private static final Pattern STARTED = Pattern.compile("Kafka Server started");

    /** What {@code kafka-server-start.sh} and {@code kafka-run-class.sh} give to the JVM of a server, but for its log files. */
    private static final List<String> FLAGS_OF_ITS_SCRIPTS = List.of(
            "-Xmx1G",
            "-Xms1G",
            "-server",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent",
            "-Djava.awt.headless=true",
            "-Dcom.sun.management.jmxremote=true");

    private static final List<String> QUICK_FLAGS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx512m");

    private final Properties settings = new Properties();
    private final List<String> jvmFlags = new ArrayList<>();
    private final List<String> formatOptions = new ArrayList<>();
    private final Path workDirectory;
    private final int port = FreePort.any();

    private KafkaProcess(Path workDirectory) {
        super(workDirectory.resolve("data"));
        this.workDirectory = workDirectory;
        int controllerPort = FreePort.any();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", dataDirectory().toString());
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
    }

    /** A broker that is not started yet; its configuration and its data lie in this directory. */
    public static KafkaProcess in(Path workDirectory) {
        return new KafkaProcess(workDirectory);
    }

    public KafkaProcess set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    @Override
    public KafkaProcess jvm(String flag) {
        jvmFlags.add(flag);
        return this;
    }

    /** With the flags that its own scripts give to the JVM; those of {@link #jvm} that are added later win. */
    public KafkaProcess startedByItsScripts() {
        jvmFlags.addAll(FLAGS_OF_ITS_SCRIPTS);
        return this;
    }

    /** For tests: starts sooner, and is slower in the long run. */
    public KafkaProcess startedQuickly() {
        jvmFlags.addAll(QUICK_FLAGS);
        return this;
    }

    /** A feature's level, where it is not to be the newest. */
    public KafkaProcess feature(String name, int level) {
        formatOptions.addAll(List.of("--feature", name + "=" + level));
        return this;
    }

    /** Writes the configuration and formats the data directory, as Kafka's own scripts do before the first start. */
    public KafkaProcess formatted() {
        try {
            Files.createDirectories(workDirectory);
            try (var file = Files.newBufferedWriter(configuration())) {
                settings.store(file, null);
            }
            List<String> format = new ArrayList<>(java(QUICK_FLAGS, "kafka.tools.StorageTool"));
            format.addAll(List.of(
                    "format",
                    "-t",
                    Uuid.randomUuid().toString(),
                    "-c",
                    configuration().toString()));
            format.addAll(formatOptions);
            complete(format, workDirectory.resolve("format.log"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path configuration() {
        return workDirectory.resolve("server.properties");
    }

    private static List<String> java(List<String> flags, String mainClass) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(flags);
        command.addAll(List.of(
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
                "-cp",
                System.getProperty("headrace.kafka.classpath", System.getProperty("java.class.path")),
                mainClass));
        return command;
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(java(jvmFlags, "kafka.Kafka"));
        command.add(configuration().toString());
        return command;
    }

    @Override
    Pattern readyLine() {
        return STARTED;
    }

    @Override
    void ready(Matcher line) {}

    @Override
    public int port() {
        return port;
    }
}

package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.load.RecordProbe;
import io.headrace.compat.BrokerProcess;
import io.headrace.compat.KafkaProcess;
import io.headrace.compat.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The JVM's cache of the classes that a start loads and links, with what was learnt of their methods (JEP 483, 514, 515).
 * Headrace's is made as its launcher makes it; Apache Kafka's scripts make none, so it gets one of a life in which a record
 * was produced and consumed.
 */
final class AotCache {

    private AotCache() {}

    /** Makes the cache; the flags with which a server uses it, or does not start. */
    static List<String> flags(Contender contender, Path directory) throws IOException {
        Path cache = directory.resolve("classes.aot").toAbsolutePath();
        Path training = Files.createDirectories(directory.resolve("training"));
        try (ServerProcess process = contender.in(training, Durability.DEFAULTS)) {
            switch (process) {
                case BrokerProcess headrace -> headrace.train(cache);
                case KafkaProcess kafka -> live(kafka.jvm("-XX:AOTCacheOutput=" + cache));
            }
        }
        return List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on");
    }

    private static void live(ServerProcess process) throws IOException {
        process.start();
        RecordProbe.await(process.port(), "first", 0);
        process.stop();
    }
}

package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code produce}. */
@Command(
        name = "produce",
        description = "Write the lines of standard input to a topic, a record each.",
        sortOptions = false,
        footer = {
            "",
            "--json reads what consume --json writes: objects with key, value, headers, partition and timestamp.",
            "",
            "Example:",
            "  echo 'ATL:on time' | headrace produce flights --key-separator :"
        })
final class ProduceCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TOPIC", description = "The topic.")
    private String topic;

    @Option(
            names = {"-K", "--key-separator"},
            paramLabel = "TEXT",
            description = "A line is a key, this, and a value.")
    private String keySeparator;

    @Option(
            names = {"-k", "--key"},
            paramLabel = "KEY",
            description = "The key of every record.")
    private String key;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "KEY=VALUE",
            description = "A header of every record. May be given more than once.")
    private List<String> headers;

    @Option(
            names = {"-p", "--partition"},
            paramLabel = "N",
            description = "The partition. Default: by key, or else as the producer likes.")
    private Integer partition;

    @Option(names = "--json", description = "A line is a JSON object.")
    private boolean json;

    @Option(
            names = "--acks",
            paramLabel = "all|1|0",
            description =
                    "When a record counts as written: by the whole cluster, by one broker, or once it is sent. Default: all.")
    private String acks;

    @Option(
            names = {"-z", "--compression"},
            paramLabel = "CODEC",
            description = "none, gzip, snappy, lz4 or zstd. Default: none.")
    private String compression;

    @Mixin
    private ClusterOptions cluster;

    ProduceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        LineFormat format = format();
        Map<String, Object> config = new LinkedHashMap<>();
        if (acks != null) {
            config.put(ProducerConfig.ACKS_CONFIG, acks);
        }
        if (compression != null) {
            config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        }
        try (Producer<byte[], byte[]> producer = cluster.producer(config)) {
            // Says at once, and for all lines, if nobody is there.
            producer.partitionsFor(topic);
            new Production(producer, format, terminal).run();
        }
        return ExitCode.DONE;
    }

    private LineFormat format() {
        if (json && (keySeparator != null || key != null || headers != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--json has keys and headers in it: leave out --key-separator, --key and --header");
        }
        if (keySeparator != null && (key != null || keySeparator.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "--key-separator has to be some text, and does not go with --key");
        }
        if (json) {
            return new JsonRecords(topic, partition);
        }
        return new TextLines(topic, partition, keySeparator, key, parsedHeaders());
    }

    private List<Header> parsedHeaders() {
        List<Header> parsed = new ArrayList<>();
        for (String header : headers == null ? List.<String>of() : headers) {
            int equals = header.indexOf('=');
            if (equals <= 0) {
                throw new ParameterException(
                        spec.commandLine(), "--header " + header + " is refused: it takes KEY=VALUE");
            }
            parsed.add(new RecordHeader(header.substring(0, equals), Utf8.encode(header.substring(equals + 1))));
        }
        return parsed;
    }
}

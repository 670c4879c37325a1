package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code consume}. */
@Command(
        name = "consume",
        description = "Write the records of a topic to standard output. Takes no part in a consumer group.",
        sortOptions = false,
        footer = {
            "",
            "A format has these places:",
            "  %%k key  %%v value  %%h headers  %%t topic  %%p partition  %%o offset  %%T timestamp (ms)",
            "",
            "Example:",
            "  headrace consume flights --from-beginning --until-end --format '%%p:%%o %%k=%%v'"
        })
final class ConsumeCommand implements Callable<Integer> {

    private static final long MS_PER_SECOND = 1000;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TOPIC", description = "The topic.")
    private String topic;

    @ArgGroup
    private ConsumeFrom from;

    @Option(
            names = {"-p", "--partition"},
            paramLabel = "N",
            split = ",",
            description = "Only these partitions, separated by commas. Default: all.")
    private List<Integer> partitions;

    @Option(
            names = {"-n", "--max-messages"},
            paramLabel = "N",
            description = "End after so many records.")
    private Long maxMessages;

    @Option(
            names = {"-e", "--until-end"},
            description = "End where the topic ends now.")
    private boolean untilEnd;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "End when nothing has come for so long.")
    private Double timeout;

    @ArgGroup
    private Shape shape;

    @Mixin
    private ClusterOptions cluster;

    ConsumeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** How a record is written: one of the flags, or the value alone. */
    static final class Shape {

        @Option(
                names = {"-K", "--key-separator"},
                paramLabel = "TEXT",
                required = true,
                description = "The key, this, and the value.")
        private String keySeparator;

        @Option(names = "--format", paramLabel = "FORMAT", required = true, description = "As the format says.")
        private String format;

        @Option(names = "--json", required = true, description = "As a JSON object per line.")
        private boolean json;

        RecordFormat format(String topic) {
            if (json) {
                return new JsonRecords(topic, null);
            }
            return format != null ? PatternFormat.parse(format) : PatternFormat.keyAndValue(keySeparator);
        }
    }

    @Override
    public Integer call() {
        RecordFormat format = format();
        Duration patience = timeout == null ? null : Duration.ofMillis(Math.round(timeout * MS_PER_SECOND));
        try (Consumer<byte[], byte[]> consumer = cluster.consumer()) {
            List<TopicPartition> assigned = assigned(consumer);
            consumer.assign(assigned);
            (from == null ? new ConsumeFrom() : from).seek(consumer, assigned);
            long most = maxMessages == null ? Long.MAX_VALUE : maxMessages;
            new Consumption(consumer, format, terminal).run(most, untilEnd, patience);
        }
        return ExitCode.DONE;
    }

    private RecordFormat format() {
        try {
            return shape == null ? PatternFormat.keyAndValue(null) : shape.format(topic);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--format is refused: " + e.getMessage());
        }
    }

    private List<TopicPartition> assigned(Consumer<?, ?> consumer) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic);
        if (infos == null || infos.isEmpty()) {
            throw TopicLookup.missing(topic);
        }
        List<TopicPartition> all = new ArrayList<>();
        infos.forEach(info -> all.add(new TopicPartition(topic, info.partition())));
        if (partitions == null) {
            return all;
        }
        List<TopicPartition> some = new ArrayList<>();
        for (int partition : partitions) {
            TopicPartition wanted = new TopicPartition(topic, partition);
            if (!all.contains(wanted)) {
                throw new CommandFailed(topic + " has no partition " + partition + ": it has 0 to " + (all.size() - 1));
            }
            some.add(wanted);
        }
        return some;
    }
}

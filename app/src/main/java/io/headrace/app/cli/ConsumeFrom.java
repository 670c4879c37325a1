package io.headrace.app.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where {@code consume} begins: one of the three flags, or the end if none was given. */
final class ConsumeFrom {

    @Option(
            names = {"-f", "--from-beginning"},
            required = true,
            description = "From the oldest record. Default: only what comes from now on.")
    private boolean beginning;

    @Option(
            names = {"-o", "--offset"},
            paramLabel = "N",
            required = true,
            description = "From this offset of each partition; -N is the last N records of each.")
    private Long offset;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            required = true,
            converter = SinceConverter.class,
            description = "From this long ago (90s, 15m, 2h, 7d), or from a time such as 2001-01-01T00:47:00Z.")
    private Instant since;

    /** Moves the consumer, which has these partitions, to where it shall begin. */
    void seek(Consumer<?, ?> consumer, List<TopicPartition> partitions) {
        if (beginning) {
            consumer.seekToBeginning(partitions);
        } else if (offset != null) {
            seekToOffset(consumer, partitions, offset);
        } else if (since != null) {
            seekToTime(consumer, partitions, since);
        } else {
            consumer.seekToEnd(partitions);
        }
        // Only now do begin and end become offsets.
        partitions.forEach(consumer::position);
    }

    private static void seekToOffset(Consumer<?, ?> consumer, List<TopicPartition> partitions, long offset) {
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long start = starts.get(partition);
            long end = ends.get(partition);
            long from = offset < 0 ? Math.max(start, end + offset) : offset;
            if (from < start || from > end) {
                throw new CommandFailed(partition + " has no offset " + from + ": it holds " + start + " up to " + end);
            }
            consumer.seek(partition, from);
        }
    }

    private static void seekToTime(Consumer<?, ?> consumer, List<TopicPartition> partitions, Instant since) {
        Map<TopicPartition, Long> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, since.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = found.get(partition);
            if (first == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, first.offset());
            }
        }
    }

    /** A duration before now, or an instant. */
    static final class SinceConverter implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            Instant since = parse(text);
            if (since == null) {
                throw new TypeConversionException("'" + text + "' is neither like 15m nor like 2001-01-01T00:47:00Z");
            }
            return since;
        }

        private static Instant parse(String text) {
            String upper = text.toUpperCase(Locale.ROOT);
            try {
                if (text.endsWith("d")) {
                    return Instant.now().minus(Duration.parse("P" + upper));
                }
                if (text.endsWith("s") || text.endsWith("m") || text.endsWith("h")) {
                    return Instant.now().minus(Duration.parse("PT" + upper));
                }
                return Instant.parse(text);
            } catch (DateTimeException | ArithmeticException neither) {
                return null;
            }
        }
    }
}

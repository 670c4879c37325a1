package io.headrace.app.cli;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where {@code groups reset} moves a group to: exactly one of the flags. */
final class ResetTarget {

    @Option(names = "--to-earliest", required = true, description = "To the start of each partition.")
    private boolean earliest;

    @Option(names = "--to-latest", required = true, description = "To the end of each partition.")
    private boolean latest;

    @Option(
            names = "--to-current",
            required = true,
            description = "To what is committed now; to the end where nothing is.")
    private boolean current;

    @Option(names = "--to-offset", paramLabel = "N", required = true, description = "To this offset.")
    private Long offset;

    @Option(
            names = "--shift-by",
            paramLabel = "N",
            required = true,
            description = "By so many records from what is committed now; a negative number goes back.")
    private Long shift;

    @Option(
            names = "--by-duration",
            paramLabel = "DURATION",
            required = true,
            converter = AgoConverter.class,
            description = "To the first record of so long ago: 90s, 15m, 2h, 7d, PT1H30M.")
    private Ago ago;

    @Option(
            names = "--to-datetime",
            paramLabel = "TIME",
            required = true,
            converter = TimeConverter.class,
            description = "To the first record from this time on: 2001-01-01T00:47:00Z, or without a zone in that of"
                    + " this machine.")
    private Instant time;

    @Option(
            names = "--from-file",
            paramLabel = "FILE",
            required = true,
            description = "To what the file says: lines of topic,partition,offset, as --csv writes them.")
    private Path file;

    /** What was chosen. */
    sealed interface Choice {
        record Earliest() implements Choice {}

        record Latest() implements Choice {}

        record Current() implements Choice {}

        record Offset(long offset) implements Choice {}

        record Shift(long records) implements Choice {}

        record Time(Instant from) implements Choice {}

        record Plan(Path file) implements Choice {}
    }

    Choice choice() {
        if (earliest) {
            return new Choice.Earliest();
        }
        if (latest) {
            return new Choice.Latest();
        }
        if (current) {
            return new Choice.Current();
        }
        if (offset != null) {
            return new Choice.Offset(offset);
        }
        if (shift != null) {
            return new Choice.Shift(shift);
        }
        if (file != null) {
            return new Choice.Plan(file);
        }
        return new Choice.Time(ago != null ? ago.since() : time);
    }

    /** So long before now. */
    record Ago(Instant since) {}

    static final class AgoConverter implements ITypeConverter<Ago> {

        @Override
        public Ago convert(String text) {
            String upper = text.toUpperCase(Locale.ROOT);
            String iso = upper.startsWith("P") ? upper : upper.endsWith("D") ? "P" + upper : "PT" + upper;
            Instant since = since(iso);
            if (since == null) {
                throw new TypeConversionException("'" + text + "' is neither like 15m nor like PT1H30M");
            }
            return new Ago(since);
        }

        private static Instant since(String duration) {
            try {
                return Instant.now().minus(Duration.parse(duration));
            } catch (DateTimeException | ArithmeticException notOne) {
                return null;
            }
        }
    }

    static final class TimeConverter implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            Instant time = zoned(text);
            time = time != null ? time : local(text);
            if (time == null) {
                throw new TypeConversionException("'" + text + "' is no time like 2001-01-01T00:47:00Z");
            }
            return time;
        }

        private static Instant zoned(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException notOne) {
                return null;
            }
        }

        private static Instant local(String text) {
            try {
                return LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
            } catch (DateTimeException notOne) {
                return null;
            }
        }
    }
}

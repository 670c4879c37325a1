package io.headrace.metadata.config;

import io.headrace.ports.Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/** Reads one of the catalogue's resource files; their first lines describe the format. */
final class CatalogFile {

    private static final int COLUMNS = 9;
    private static final String NONE = "-";

    private final Map<String, String> notes = new LinkedHashMap<>();
    private final SequencedMap<String, ConfigKey> keys = new LinkedHashMap<>();

    private CatalogFile() {}

    static SequencedMap<String, ConfigKey> read(String resource) {
        try (InputStream in = CatalogFile.class.getResourceAsStream(resource)) {
            Check.that(in != null, "the jar holds its configuration catalogue");
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read from the jar", e);
        }
    }

    static SequencedMap<String, ConfigKey> parse(String text) {
        CatalogFile file = new CatalogFile();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            file.line(text.substring(from, end));
            from = end + 1;
        }
        return Collections.unmodifiableSequencedMap(file.keys);
    }

    private void line(String line) {
        switch (line.charAt(0)) {
            case '#' -> {}
            case '=' -> {
                int tab = line.indexOf('\t');
                notes.put(line.substring(1, tab), line.substring(tab + 1));
            }
            default -> {
                ConfigKey key = key(split(line, '\t'));
                keys.put(key.name(), key);
            }
        }
    }

    private ConfigKey key(List<String> columns) {
        Check.that(columns.size() == COLUMNS, "columns of a configuration key", columns.size(), COLUMNS);
        String name = columns.get(0);
        ConfigScope scope =
                ConfigScope.valueOf(columns.get(5).toUpperCase(Locale.ROOT).replace('-', '_'));
        return new ConfigKey(
                name,
                ConfigType.valueOf(columns.get(1)),
                defaultValue(columns.get(2)),
                validation(columns.get(3)),
                Importance.valueOf(columns.get(4)),
                scope,
                support(columns.get(6)),
                synonyms(columns.get(7), name, scope),
                columns.get(8));
    }

    private static String defaultValue(String text) {
        return switch (text) {
            case NONE -> null;
            case "\"\"" -> "";
            default -> text;
        };
    }

    private static List<String> synonyms(String text, String name, ConfigScope scope) {
        if (!text.equals(NONE)) {
            return Collections.unmodifiableList(split(text, ','));
        }
        return scope == ConfigScope.TOPIC || scope == ConfigScope.GROUP
                ? Collections.emptyList()
                : Collections.singletonList(name);
    }

    private Support support(String text) {
        int colon = text.indexOf(':');
        String note = colon < 0 ? null : notes.get(text.substring(colon + 1));
        Check.that((note == null) == (colon < 0), "a configuration key's note stands above it");
        if (text.startsWith("fixed")) {
            Check.that(note != null, "a fixed configuration key says why");
            return new Support.Fixed(note);
        }
        if (text.startsWith("ignored")) {
            Check.that(note != null, "an ignored configuration key says why");
            return new Support.Ignored(note);
        }
        return new Support.Honoured(note);
    }

    private static Validation validation(String text) {
        if (text.equals(NONE)) {
            return new Validation.Any();
        }
        if (text.equals("non-empty")) {
            return new Validation.NonEmpty();
        }
        if (text.startsWith("list")) {
            boolean mayBeEmpty = text.startsWith("list?");
            int colon = text.indexOf(':');
            List<String> words = colon < 0 ? Collections.emptyList() : split(text.substring(colon + 1), '|');
            return new Validation.ListOf(words, mayBeEmpty);
        }
        if (text.endsWith("]")) {
            return range(text);
        }
        return text.startsWith("~")
                ? new Validation.OneOf(split(text.substring(1), '|'), true)
                : new Validation.OneOf(split(text, '|'), false);
    }

    /** {@code [least..most]}, {@code [least..]} or {@code orElse|[least..most]}. */
    private static Validation range(String text) {
        int bracket = text.indexOf('[');
        int dots = text.indexOf("..");
        String most = text.substring(dots + 2, text.length() - 1);
        return new Validation.Range(
                Double.parseDouble(text.substring(bracket + 1, dots)),
                most.isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(most),
                bracket == 0 ? null : Long.valueOf(text.substring(0, bracket - 1)));
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }
}

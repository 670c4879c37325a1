package io.headrace.compat.differential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The differences that are meant, from {@code allowed-differences.txt}; what its lines say stands at its top. An entry
 * that nothing needs any more is to be removed.
 */
final class AllowedDifferences {

    private static final String FILE = "allowed-differences.txt";
    private static final int COLUMNS = 5;

    private final List<Entry> entries;
    private final Set<Entry> used = new LinkedHashSet<>();

    private AllowedDifferences(List<Entry> entries) {
        this.entries = entries;
    }

    static AllowedDifferences read() {
        List<Entry> entries = new ArrayList<>();
        try (var reader = new BufferedReader(
                new InputStreamReader(AllowedDifferences.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && !line.startsWith("#") && !line.startsWith(" ")) {
                    entries.add(Entry.of(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AllowedDifferences(entries);
    }

    boolean allows(Difference difference) {
        for (Entry entry : entries) {
            if (entry.covers(difference)) {
                used.add(entry);
                return true;
            }
        }
        return false;
    }

    /** Lines of the file that have allowed nothing so far. */
    List<String> unused() {
        return entries.stream()
                .filter(entry -> !used.contains(entry))
                .map(Entry::line)
                .toList();
    }

    private record Entry(String line, List<Pattern> columns) {

        static Entry of(String line) {
            String[] columns = line.split("\\|", -1);
            if (columns.length != COLUMNS) {
                throw new IllegalStateException(FILE + " has a line without " + COLUMNS + " columns: " + line);
            }
            List<Pattern> patterns = new ArrayList<>();
            for (String column : columns) {
                patterns.add(pattern(column.strip()));
            }
            return new Entry(line, patterns);
        }

        private static Pattern pattern(String wildcards) {
            String[] literals = wildcards.split("\\*", -1);
            return Pattern.compile(
                    List.of(literals).stream().map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
        }

        boolean covers(Difference difference) {
            Question question = difference.question();
            return matches(0, question.apiName() + " v" + question.version())
                    && matches(1, question.about())
                    && matches(2, difference.path())
                    && matches(3, difference.ours())
                    && matches(4, difference.theirs());
        }

        private boolean matches(int column, String text) {
            return columns.get(column).matcher(text).matches();
        }
    }
}

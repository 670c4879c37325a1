package io.headrace.compat.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final List<JournalEntry> ALL_KINDS = List.of(
            new JournalEntry.Assigned(1, 5, List.of(0, 7)),
            new JournalEntry.Assigned(2, 5, List.of()),
            new JournalEntry.Read(3, 7, 10, 19),
            new JournalEntry.Strange(3, 7, 12),
            new JournalEntry.Committing(4, Map.of(7, 20L)),
            new JournalEntry.Committed(5),
            new JournalEntry.Refused(6, "CommitFailedException"),
            new JournalEntry.Overslept(7),
            new JournalEntry.Ended(7, List.of(0, 7)),
            new JournalEntry.Closed(8, "stopped"));

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsReadAsItComes() throws Exception {
        Path file = directory.resolve("journal");
        Journal journal = new Journal("one", 0, file);
        journal.refresh();
        assertThat(journal.entries()).isEmpty();
        try (JournalWriter writer = JournalWriter.of(file)) {
            for (JournalEntry entry : ALL_KINDS) {
                writer.write(entry);
                journal.refresh();
                assertThat(journal.entries().getLast()).isEqualTo(entry);
            }
        }

        assertThat(journal.entries()).isEqualTo(ALL_KINDS);
        assertThat(journal.acknowledged()).containsExactly(Map.entry(7, 20L));
        assertThat(journal.commits()).isEqualTo(1);
    }

    @Test
    void halfALineIsLeftUntilItIsWhole() throws Exception {
        Path file = directory.resolve("journal");
        Journal journal = new Journal("one", 0, file);
        Files.writeString(file, "assigned 1 5 0,7\nread 2 7 1");
        journal.refresh();
        assertThat(journal.entries()).hasSize(1);

        Files.writeString(file, "0 19\n", StandardOpenOption.APPEND);
        journal.refresh();

        assertThat(journal.entries()).last().isEqualTo(new JournalEntry.Read(2, 7, 10, 19));
    }
}

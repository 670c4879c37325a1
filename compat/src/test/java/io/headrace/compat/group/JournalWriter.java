package io.headrace.compat.group;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes a journal down, each line in one write and before the member goes on, so that it survives the member. */
final class JournalWriter implements AutoCloseable {

    private final FileOutputStream file;

    private JournalWriter(FileOutputStream file) {
        this.file = file;
    }

    static JournalWriter of(Path path) {
        try {
            return new JournalWriter(new FileOutputStream(path.toFile(), true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(JournalEntry entry) {
        try {
            file.write((entry.line() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.headrace.log;

import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Kafka's text files of few lines: the version 0, the number of entries, then one entry per line. A file is replaced as a
 * whole, so that a reader finds the old entries or the new ones. Runs on disk threads.
 */
final class CheckpointFile {

    private static final String VERSION = "0";

    /** The lines before the first entry. */
    private static final int HEAD = 2;

    private CheckpointFile() {}

    /** Returns once the entries, and the name of the file, are durable. */
    static void write(Disk disk, Path file, List<String> entries) throws IOException {
        Durable.replace(disk, file, ByteBuffer.wrap(text(entries).getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(List<String> entries) {
        StringBuilder text = new StringBuilder();
        text.append(VERSION).append('\n').append(entries.size()).append('\n');
        for (String entry : entries) {
            text.append(entry).append('\n');
        }
        return text.toString();
    }

    /**
     * The entries, each split at its spaces. There are none if there is no file, or an empty one: Kafka makes it empty
     * before it first writes to it.
     */
    static List<List<String>> read(Disk disk, Path file, int wordsPerEntry) throws IOException {
        if (!disk.exists(file)) {
            return new ArrayList<>();
        }
        List<String> lines = split(content(disk, file), '\n');
        if (lines.size() < HEAD) {
            check(
                    lines.isEmpty() || lines.getFirst().equals(VERSION),
                    file,
                    "it begins with neither version nor count");
            return new ArrayList<>();
        }
        check(lines.getFirst().equals(VERSION), file, "version " + lines.getFirst() + " is unknown");
        check(
                lines.get(1).equals(Integer.toString(lines.size() - HEAD)),
                file,
                "it should have " + lines.get(1) + " entries and has " + (lines.size() - HEAD));
        List<List<String>> entries = new ArrayList<>(lines.size() - HEAD);
        for (String line : lines.subList(HEAD, lines.size())) {
            List<String> words = split(line, ' ');
            check(words.size() == wordsPerEntry, file, "an entry reads '" + line + "'");
            entries.add(words);
        }
        return entries;
    }

    private static String content(Disk disk, Path file) throws IOException {
        try (DiskFile source = disk.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(source.size()));
            source.read(bytes, 0);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }

    /** What stands between the separators, without what is empty. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf(separator, at);
            end = end < 0 ? text.length() : end;
            if (end > at) {
                parts.add(text.substring(at, end));
            }
            at = end + 1;
        }
        return parts;
    }

    static int parseInt(String word, Path file) throws IOException {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException notANumber) {
            throw malformed(file, "'" + word + "' should be a number", notANumber);
        }
    }

    static long parseLong(String word, Path file) throws IOException {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException notANumber) {
            throw malformed(file, "'" + word + "' should be a number", notANumber);
        }
    }

    static void check(boolean wellFormed, Path file, String otherwise) throws IOException {
        if (!wellFormed) {
            throw malformed(file, otherwise, null);
        }
    }

    private static IOException malformed(Path file, String what, Exception cause) {
        return new IOException(file + " is not a checkpoint as it should be: " + what, cause);
    }
}

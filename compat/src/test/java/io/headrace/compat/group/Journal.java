package io.headrace.compat.group;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one member, from the start of its process to its end, has written down so far. */
final class Journal {

    private final String place;
    private final int life;
    private final Path file;
    private final List<JournalEntry> entries = new ArrayList<>();
    private final Map<Integer, Long> acknowledged = new HashMap<>();
    private JournalEntry.Committing underWay;
    private int commits;
    private long readBytes;

    /**
     * @param place of the member in its group; two static members of one place are one to the group
     * @param life counts the processes, so that of two of one place the younger has the higher number
     */
    Journal(String place, int life, Path file) {
        this.place = place;
        this.life = life;
        this.file = file;
    }

    String place() {
        return place;
    }

    int life() {
        return life;
    }

    List<JournalEntry> entries() {
        return entries;
    }

    /** The highest offsets whose commit was acknowledged, by partition. */
    Map<Integer, Long> acknowledged() {
        return acknowledged;
    }

    /** Acknowledged ones. */
    int commits() {
        return commits;
    }

    void add(JournalEntry entry) {
        entries.add(entry);
        if (entry instanceof JournalEntry.Committing committing) {
            underWay = committing;
        } else if (entry instanceof JournalEntry.Committed) {
            commits++;
            underWay.offsets().forEach((partition, offset) -> acknowledged.merge(partition, offset, Math::max));
        }
    }

    /** Takes what has come since the last time; a line that is not whole yet is left for the next. */
    void refresh() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        byte[] news;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            news = new byte[Math.toIntExact(channel.size() - readBytes)];
            channel.read(ByteBuffer.wrap(news), readBytes);
        }
        int begin = 0;
        for (int i = 0; i < news.length; i++) {
            if (news[i] == '\n') {
                add(JournalEntry.parse(new String(news, begin, i - begin, StandardCharsets.UTF_8)));
                begin = i + 1;
            }
        }
        readBytes += begin;
    }

    @Override
    public String toString() {
        return place + "." + life;
    }
}

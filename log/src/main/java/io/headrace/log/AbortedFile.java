package io.headrace.log;

import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code .txnindex} of one segment as it was found. Read on a disk thread.
 *
 * @param entries from the first on as far as they can be right: their markers lie in the segment, each behind the last
 * @param whole nothing stands behind them
 */
record AbortedFile(List<AbortedTransaction> entries, boolean whole) {

    private static final AbortedFile NONE = new AbortedFile(List.of(), true);

    /** No entries if there is no file, which is so unless a transaction was aborted in the segment. */
    static AbortedFile read(LogFiles files, long baseOffset) throws IOException {
        ByteBuffer content = content(files, files.path(baseOffset, FileNames.ABORTED_TRANSACTIONS));
        if (content == null) {
            return NONE;
        }
        return parse(content, baseOffset);
    }

    /** As above, of a segment that may be on its way to its place, or to be deleted. */
    static AbortedFile read(LogFiles files, SegmentView segment) throws IOException {
        try (DiskFile file = files.open(segment, FileNames.ABORTED_TRANSACTIONS)) {
            return file == null ? NONE : parse(Durable.read(file), segment.baseOffset());
        }
    }

    private static AbortedFile parse(ByteBuffer content, long baseOffset) {
        List<AbortedTransaction> entries = new ArrayList<>(content.remaining() / AbortedTransaction.BYTES);
        long due = baseOffset;
        while (content.remaining() >= AbortedTransaction.BYTES) {
            AbortedTransaction entry = AbortedTransaction.readFrom(content);
            if (entry == null || entry.lastOffset() < due) {
                return new AbortedFile(entries, false);
            }
            due = entry.lastOffset() + 1;
            entries.add(entry);
        }
        return new AbortedFile(entries, !content.hasRemaining());
    }

    private static ByteBuffer content(LogFiles files, Path path) throws IOException {
        try {
            return Durable.read(files.disk(), path);
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /** Those whose markers lie below the offset. */
    List<AbortedTransaction> below(long offset) {
        List<AbortedTransaction> below = new ArrayList<>(entries);
        below.removeIf(entry -> entry.lastOffset() >= offset);
        return below;
    }

    /** Makes the file hold these and no others; durable on return. */
    static void replace(LogFiles files, long baseOffset, List<AbortedTransaction> entries) throws IOException {
        write(files, baseOffset, "", entries);
        Durable.syncDirectory(files.disk(), files.directory());
    }

    /** Makes a file with these entries and no others, whose name is left to the caller to make durable. */
    static void write(LogFiles files, long baseOffset, String mark, List<AbortedTransaction> entries)
            throws IOException {
        Path path = files.path(baseOffset, FileNames.ABORTED_TRANSACTIONS + mark);
        ByteBuffer bytes = ByteBuffer.allocate(entries.size() * AbortedTransaction.BYTES);
        for (AbortedTransaction entry : entries) {
            entry.writeTo(bytes);
        }
        Durable.put(files.disk(), path, bytes.flip());
    }
}

package io.headrace.log;

import io.headrace.ports.Check;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The aborted transactions whose markers lie in the active segment, in the order of their markers. Those that are not in the
 * segment's {@code .txnindex} yet are handed out as an {@link AbortedSave}. Belongs to the owner of the log.
 */
final class AbortedIndex {

    private final long baseOffset;
    private final List<AbortedTransaction> entries = new ArrayList<>(0);
    private int saved;

    AbortedIndex(long baseOffset) {
        this.baseOffset = baseOffset;
    }

    /** Takes over what the file holds already. */
    void restore(List<AbortedTransaction> inFile) {
        Check.that(entries.isEmpty(), "an index is restored before it grows");
        entries.addAll(inFile);
        saved = entries.size();
    }

    void add(AbortedTransaction aborted) {
        entries.add(aborted);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Those of which a read of the range may meet records. */
    List<AbortedTransaction> overlapping(long fromOffset, long upToOffset) {
        if (entries.isEmpty()) {
            return List.of();
        }
        List<AbortedTransaction> found = new ArrayList<>();
        for (int i = entries.size() - 1; i >= 0 && entries.get(i).lastOffset() >= fromOffset; i--) {
            if (entries.get(i).overlaps(fromOffset, upToOffset)) {
                found.add(entries.get(i));
            }
        }
        return found.reversed();
    }

    /** As they are now, for a disk thread. */
    List<AbortedTransaction> copy() {
        return entries.isEmpty() ? List.of() : new ArrayList<>(entries);
    }

    /** Null if there is nothing to save. */
    AbortedSave unsaved() {
        if (saved == entries.size()) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate((entries.size() - saved) * AbortedTransaction.BYTES);
        for (AbortedTransaction entry : entries.subList(saved, entries.size())) {
            entry.writeTo(bytes);
        }
        return new AbortedSave(this, baseOffset, saved, bytes.flip());
    }

    void saved(int upTo) {
        saved = Math.max(saved, upTo);
    }
}

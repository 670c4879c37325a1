package io.headrace.log;

import io.headrace.ports.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The segments of a log in order: sealed ones, the active one, and the files of those that were sealed and are not flushed
 * yet. Belongs to the owner of the log. The array of sealed segments is never changed but replaced.
 */
final class SegmentList {

    private SegmentView[] sealed;
    private long sealedBytes;
    private ActiveSegment active;
    private int replacements;
    private final List<SegmentFile> sealedUnflushed = new ArrayList<>(0);

    SegmentList(SegmentView[] sealed, ActiveSegment active) {
        this.sealed = sealed;
        this.active = active;
        for (SegmentView segment : sealed) {
            sealedBytes += segment.sizeInBytes();
        }
    }

    ActiveSegment active() {
        return active;
    }

    SegmentView[] sealed() {
        return sealed;
    }

    /** Base offset of the oldest segment. */
    long first() {
        return sealed.length == 0 ? active.baseOffset() : sealed[0].baseOffset();
    }

    long sizeInBytes() {
        return sealedBytes + active.sizeInBytes();
    }

    /** All of them, as they are now. */
    SegmentView[] views() {
        return viewsFromIndex(0);
    }

    /** The segment that should hold the offset, and those after it. */
    SegmentView[] viewsFrom(long offset) {
        int index = sealed.length;
        if (offset < active.baseOffset()) {
            int low = 0;
            while (low < index) {
                int middle = (low + index) >>> 1;
                if (sealed[middle].nextOffset() <= offset) {
                    low = middle + 1;
                } else {
                    index = middle;
                }
            }
        }
        return viewsFromIndex(index);
    }

    private SegmentView[] viewsFromIndex(int index) {
        SegmentView[] views = Arrays.copyOfRange(sealed, index, sealed.length + 1);
        views[views.length - 1] = active.view();
        return views;
    }

    // ---- flush

    long unflushedBytes() {
        long bytes = active.file().unflushedBytes();
        for (int i = 0; i < sealedUnflushed.size(); i++) {
            bytes += sealedUnflushed.get(i).unflushedBytes();
        }
        return bytes;
    }

    List<FlushTicket.Part> unflushed() {
        List<FlushTicket.Part> parts = new ArrayList<>(sealedUnflushed.size() + 1);
        for (SegmentFile file : sealedUnflushed) {
            parts.add(new FlushTicket.Part(file, file.writtenBytes()));
        }
        if (active.file().unflushedBytes() > 0) {
            parts.add(new FlushTicket.Part(active.file(), active.sizeInBytes()));
        }
        return parts;
    }

    void flushed(FlushTicket ticket) {
        for (FlushTicket.Part part : ticket.parts()) {
            if (part.file() == active.file()) {
                active.flushed(ticket.upToOffset(), part.bytes());
            } else {
                part.file().flushed(part.bytes());
            }
        }
        for (int i = sealedUnflushed.size() - 1; i >= 0; i--) {
            if (sealedUnflushed.get(i).unflushedBytes() == 0) {
                sealedUnflushed.remove(i).release();
            }
        }
    }

    // ---- changes

    void roll(SegmentFile newFile, long wallMs) {
        ActiveSegment old = active;
        sealed = Arrays.copyOf(sealed, sealed.length + 1);
        SegmentView view = SegmentView.sealed(
                old.baseOffset(),
                old.nextOffset(),
                old.sizeInBytes(),
                old.firstTimestamp(),
                old.index().maxTimestamp(),
                wallMs);
        sealed[sealed.length - 1] = old.aborted().isEmpty() ? view : view.withAborts();
        sealedBytes += old.sizeInBytes();
        if (old.file().unflushedBytes() > 0) {
            sealedUnflushed.add(old.file());
        } else {
            old.file().release();
        }
        active = ActiveSegment.empty(old.nextOffset(), newFile, wallMs);
    }

    /** Puts one sealed segment in the place of some that follow on each other; false if one of these is not there any more. */
    boolean replace(List<SegmentView> old, SegmentView by) {
        List<SegmentView> changed = new ArrayList<>(Arrays.asList(sealed));
        int at = Collections.indexOfSubList(changed, old);
        if (at < 0) {
            return false;
        }
        List<SegmentView> place = changed.subList(at, at + old.size());
        place.clear();
        place.add(by);
        for (SegmentView gone : old) {
            sealedBytes -= gone.sizeInBytes();
        }
        sealedBytes += by.sizeInBytes();
        sealed = changed.toArray(SegmentView.NONE);
        replacements++;
        return true;
    }

    /** How often {@link #replace} has put other bytes, or other files, in the place of some. */
    int replacements() {
        return replacements;
    }

    /** Takes the oldest out; returns their base offsets. */
    long[] removeFirst(int count) {
        Check.that(count <= sealed.length, "the active segment is not removed", count, sealed.length);
        long[] removed = new long[count];
        for (int i = 0; i < count; i++) {
            removed[i] = sealed[i].baseOffset();
            sealedBytes -= sealed[i].sizeInBytes();
        }
        if (count > 0) {
            sealed = Arrays.copyOfRange(sealed, count, sealed.length);
        }
        return removed;
    }

    /** The log needs its files no more. */
    void release() {
        active.file().release();
        for (SegmentFile file : sealedUnflushed) {
            file.release();
        }
        sealedUnflushed.clear();
    }
}

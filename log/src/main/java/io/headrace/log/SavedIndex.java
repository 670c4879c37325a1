package io.headrace.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.OptionalLong;

/** Judges the index files of a segment when its log is loaded, on a disk thread. */
final class SavedIndex {

    private SavedIndex() {}

    /**
     * Of a sealed segment: the highest timestamp, as the last entry of the time index has it. A file that is missing or
     * cannot be right at either end is built anew; what is wrong in between shows when it is used.
     *
     * @return empty if the files have to be built anew
     */
    static OptionalLong maxTimestamp(LogFiles files, SegmentView segment) throws IOException {
        try (IndexFile offsets = IndexFile.offsets(
                        files.disk(), files.directory(), segment.baseOffset(), SegmentView.ALL_ENTRIES);
                IndexFile times = IndexFile.times(
                        files.disk(), files.directory(), segment.baseOffset(), SegmentView.ALL_ENTRIES)) {
            long offsetsInSegment = segment.nextOffset() - segment.baseOffset();
            if (offsets.isRagged() || times.isRagged()) {
                return OptionalLong.empty();
            }
            int last = offsets.entries() - 1;
            if (last >= 0
                    && (offsets.key(last) <= (last == 0 ? -1 : offsets.key(0))
                            || offsets.key(last) >= offsetsInSegment
                            || offsets.value(last) >= segment.sizeInBytes())) {
                return OptionalLong.empty();
            }
            last = times.entries() - 1;
            if (last < 0) {
                return OptionalLong.of(-1);
            }
            boolean possible =
                    times.key(last) >= times.key(0) && times.value(last) >= 0 && times.value(last) < offsetsInSegment;
            return possible ? OptionalLong.of(times.key(last)) : OptionalLong.empty();
        } catch (NoSuchFileException missing) {
            return OptionalLong.empty();
        }
    }

    /**
     * Of a segment that is about to be scanned: the entries to keep.
     *
     * @param upToOffset entries of batches below it were made durable
     * @param clean after a clean stop the time index goes further than the offset index: its last entry sums up the segment
     * @param sizeInBytes of the segment
     */
    static SegmentIndex.Saved trusted(LogFiles files, long baseOffset, long upToOffset, boolean clean, int sizeInBytes)
            throws IOException {
        try (IndexFile offsets =
                        IndexFile.offsets(files.disk(), files.directory(), baseOffset, SegmentView.ALL_ENTRIES);
                IndexFile times =
                        IndexFile.times(files.disk(), files.directory(), baseOffset, SegmentView.ALL_ENTRIES)) {
            int rising = offsets.risingEntries();
            int slot = offsets.floor(upToOffset - 1 - baseOffset, rising);
            boolean intact = !offsets.isRagged() && rising == offsets.entries();
            while (slot >= 0 && offsets.value(slot) >= sizeInBytes) {
                intact = false;
                slot--;
            }
            long lastOffset = slot < 0 ? 0 : offsets.key(slot);
            int timeSlot = times.risingEntries() - 1;
            while (timeSlot >= 0 && !clean && (slot < 0 || times.value(timeSlot) > lastOffset)) {
                timeSlot--;
            }
            boolean exact = !offsets.isRagged()
                    && !times.isRagged()
                    && offsets.entries() == slot + 1
                    && times.entries() == timeSlot + 1;
            return new SegmentIndex.Saved(
                    slot + 1,
                    baseOffset + lastOffset,
                    slot < 0 ? 0 : offsets.value(slot),
                    timeSlot + 1,
                    timeSlot < 0 ? -1 : times.key(timeSlot),
                    baseOffset + (timeSlot < 0 ? 0 : times.value(timeSlot)),
                    intact,
                    exact);
        } catch (NoSuchFileException missing) {
            return SegmentIndex.Saved.nothing(baseOffset, false, true);
        }
    }
}

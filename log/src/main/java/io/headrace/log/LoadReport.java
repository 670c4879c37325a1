package io.headrace.log;

/**
 * What loading a log found and changed.
 *
 * @param fromOffset where the scan of batches began
 * @param logEndOffset where the log ends now
 * @param bytesScanned bytes of batches that were read and verified
 * @param bytesTruncated bytes that were cut off, because no whole batch was there
 * @param segmentsDropped segments that lay behind what was cut off
 * @param indexesRebuilt segments whose index was missing or damaged
 * @param snapshotsDropped producer snapshots that were damaged or of a log longer than this one
 */
public record LoadReport(
        long fromOffset,
        long logEndOffset,
        long bytesScanned,
        long bytesTruncated,
        int segmentsDropped,
        int indexesRebuilt,
        int snapshotsDropped) {

    static final LoadReport EMPTY = new LoadReport(0, 0, 0, 0, 0, 0, 0);

    /** Nothing was verified or changed. */
    public boolean isEmpty() {
        return bytesScanned == 0
                && bytesTruncated == 0
                && segmentsDropped == 0
                && indexesRebuilt == 0
                && snapshotsDropped == 0;
    }

    /** For a person, in one line. */
    public String describe() {
        StringBuilder line = new StringBuilder()
                .append("scanned ")
                .append(bytesScanned)
                .append(" bytes from offset ")
                .append(fromOffset)
                .append(" to ")
                .append(logEndOffset);
        appendCount(line, bytesTruncated, " bytes of an incomplete write cut off");
        appendCount(line, segmentsDropped, " segments behind it dropped");
        appendCount(line, indexesRebuilt, " indexes rebuilt");
        appendCount(line, snapshotsDropped, " producer snapshots dropped");
        return line.toString();
    }

    private static void appendCount(StringBuilder line, long count, String what) {
        if (count > 0) {
            line.append(", ").append(count).append(what);
        }
    }
}

package io.headrace.metadata;

import java.nio.file.Path;

/**
 * What a snapshot's file is called, as in Kafka: {@code 00000000000000000042-0000000001.checkpoint} holds what the log
 * says below offset 42, whose last record is of leader epoch 1.
 */
public record SnapshotName(long endOffset, int epoch) implements Comparable<SnapshotName> {

    static final String SUFFIX = ".checkpoint";

    /** Behind the name while the file is being written. */
    static final String PART = ".part";

    private static final int OFFSET_DIGITS = 20;
    private static final int EPOCH_DIGITS = 10;

    /** Null if a file is called otherwise. */
    public static SnapshotName parse(String file) {
        if (file.length() != OFFSET_DIGITS + 1 + EPOCH_DIGITS + SUFFIX.length()
                || !file.endsWith(SUFFIX)
                || file.charAt(OFFSET_DIGITS) != '-') {
            return null;
        }
        long offset = digits(file, 0, OFFSET_DIGITS);
        long epoch = digits(file, OFFSET_DIGITS + 1, EPOCH_DIGITS);
        return offset < 0 || epoch < 0 || epoch > Integer.MAX_VALUE ? null : new SnapshotName(offset, (int) epoch);
    }

    private static long digits(String text, int from, int count) {
        long number = 0;
        for (int i = from; i < from + count; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9' || number > (Long.MAX_VALUE - 9) / 10) {
                return -1;
            }
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    public Path in(Path directory) {
        return directory.resolve(toString());
    }

    @Override
    public int compareTo(SnapshotName other) {
        int byOffset = Long.compare(endOffset, other.endOffset);
        return byOffset != 0 ? byOffset : Integer.compare(epoch, other.epoch);
    }

    @Override
    public String toString() {
        StringBuilder name = new StringBuilder();
        pad(name, endOffset, OFFSET_DIGITS);
        name.append('-');
        pad(name, epoch, EPOCH_DIGITS);
        return name.append(SUFFIX).toString();
    }

    private static void pad(StringBuilder target, long number, int digits) {
        String text = Long.toString(number);
        for (int i = text.length(); i < digits; i++) {
            target.append('0');
        }
        target.append(text);
    }
}

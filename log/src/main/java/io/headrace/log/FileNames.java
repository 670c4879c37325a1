package io.headrace.log;

import java.nio.file.Path;

/** The names of the files in a partition's directory: an offset in twenty digits, and what kind of file it is. */
final class FileNames {

    static final String LOG = ".log";
    static final String OFFSET_INDEX = ".index";
    static final String TIME_INDEX = ".timeindex";
    static final String ABORTED_TRANSACTIONS = ".txnindex";
    static final String PRODUCER_SNAPSHOT = ".snapshot";

    /** Behind the name of a file that is about to be deleted. */
    static final String DELETED = ".deleted";

    /** Behind the name of a file that will replace another once it is whole. */
    static final String TEMPORARY = ".tmp";

    /** Behind the names of what compaction is writing, and of what it is putting in place. */
    static final String CLEANED = ".cleaned";

    static final String SWAP = ".swap";

    private static final int DIGITS = 20;

    private FileNames() {}

    static Path of(Path directory, long offset, String suffix) {
        return directory.resolve(name(offset, suffix));
    }

    static String name(long offset, String suffix) {
        String digits = Long.toString(offset);
        StringBuilder name = new StringBuilder(DIGITS + suffix.length());
        for (int i = digits.length(); i < DIGITS; i++) {
            name.append('0');
        }
        return name.append(digits).append(suffix).toString();
    }

    /** The offset in the name of a file of the kind; -1 if it is no such file. */
    static long offsetOf(String name, String suffix) {
        if (name.length() != DIGITS + suffix.length() || !name.endsWith(suffix)) {
            return -1;
        }
        long offset = 0;
        for (int i = 0; i < DIGITS; i++) {
            char digit = name.charAt(i);
            if (digit < '0' || digit > '9' || offset > (Long.MAX_VALUE - 9) / 10) {
                return -1;
            }
            offset = offset * 10 + (digit - '0');
        }
        return offset;
    }
}

package io.headrace.log;

import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The files that were found in a partition's directory, by kind; what an interrupted run left over has been deleted. */
record DirectoryContent(NavigableSet<Long> segments, NavigableSet<Long> snapshots, NavigableSet<Long> txnIndexes) {

    private static final String[] INDEXES = {
        FileNames.OFFSET_INDEX, FileNames.TIME_INDEX, FileNames.ABORTED_TRANSACTIONS
    };

    static DirectoryContent read(LogFiles files) throws IOException {
        List<String> names = InterruptedReplacements.settle(files);
        DirectoryContent content = new DirectoryContent(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        for (String name : names) {
            content.take(name, files);
        }
        for (String name : names) {
            content.deleteIfOrphan(name, files);
        }
        return content;
    }

    private void take(String name, LogFiles files) throws IOException {
        long segment = FileNames.offsetOf(name, FileNames.LOG);
        long snapshot = FileNames.offsetOf(name, FileNames.PRODUCER_SNAPSHOT);
        long txnIndex = FileNames.offsetOf(name, FileNames.ABORTED_TRANSACTIONS);
        if (segment >= 0) {
            segments.add(segment);
        } else if (snapshot >= 0) {
            snapshots.add(snapshot);
        } else if (txnIndex >= 0) {
            txnIndexes.add(txnIndex);
        } else if (name.endsWith(FileNames.DELETED) || name.endsWith(FileNames.TEMPORARY)) {
            files.disk().delete(files.directory().resolve(name));
        }
    }

    /** An index without its log. */
    private void deleteIfOrphan(String name, LogFiles files) throws IOException {
        for (String suffix : INDEXES) {
            long offset = FileNames.offsetOf(name, suffix);
            if (offset >= 0 && !segments.contains(offset)) {
                files.disk().delete(files.directory().resolve(name));
            }
        }
    }
}

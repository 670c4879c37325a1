package io.headrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.CompactionPass.Progress;
import java.io.IOException;

/** Runs compactions as the owner of a log would, all steps at once. */
final class Compaction {

    static final CompactionMemory AMPLE = new CompactionMemory(1 << 20, 0.9);

    private Compaction() {}

    /** Whether there was anything to compact. */
    static boolean run(PartitionLog log, long upToOffset, CompactionMemory memory) throws IOException {
        CompactionPass pass = log.beginCompaction(upToOffset, log.logEndOffset(), memory);
        if (pass == null) {
            return false;
        }
        while (true) {
            switch (pass.run()) {
                case Progress.Worked(long bytes) -> assertThat(bytes).isNotNegative();
                case Progress.Ready(SegmentReplacement replacement, var _) -> {
                    assertThat(log.beginReplacement(replacement)).isTrue();
                    log.replaced(replacement.run());
                }
                case Progress.Finished() -> {
                    log.compacted(pass);
                    return true;
                }
                case Progress.Overtaken() -> throw new AssertionError("nothing else happens to the log");
            }
        }
    }
}

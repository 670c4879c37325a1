package io.headrace.benchmarks.flush;

import io.headrace.benchmarks.flush.PartitionFile.Shape;
import java.util.ArrayList;
import java.util.List;

/** What is compared: a scheme, its threads, and the shape of its files. */
record Variant(Kind kind, int threads, Shape shape) {

    enum Kind {
        PER_PARTITION,
        PER_ROUND,
        JOURNAL
    }

    /** Flushers beyond the partitions have nothing to do, so that two numbers of them are enough to show it. */
    static List<Variant> worthComparing(int partitions) {
        int[] threadCounts = partitions == 1 ? new int[] {1, 4} : new int[] {1, 2, 4, 8, 16};
        List<Variant> variants = new ArrayList<>();
        for (Shape shape : List.of(Shape.GROWING, Shape.ZEROED)) {
            for (int threads : threadCounts) {
                variants.add(new Variant(Kind.PER_PARTITION, threads, shape));
                variants.add(new Variant(Kind.PER_ROUND, threads, shape));
            }
            variants.add(new Variant(Kind.JOURNAL, 1, shape));
        }
        variants.add(new Variant(Kind.PER_PARTITION, 4, Shape.SIZED));
        return variants;
    }
}

package io.headrace.broker;

import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts a question to many partitions, each on the shard that owns it: one message to each shard and one back, none where
 * the shard is the asker's own, or sleeps and is lent to it. The answers arrive on the asker's shard together, in the order
 * of the partitions.
 *
 * @param <A> what one partition answers
 */
public final class Scatter<A> {

    /** Put to one partition on its own shard; must be answered exactly once, there, now or later. */
    @FunctionalInterface
    public interface Question<A> {
        void ask(int index, LeaderPartition partition, Consumer<A> answer);
    }

    private final Shard home;
    private final List<A> answers;
    private final Consumer<List<A>> whenAll;
    private int outstandingShards;

    private Scatter(Shard home, int size, Consumer<List<A>> whenAll) {
        this.home = home;
        this.whenAll = whenAll;
        this.answers = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            answers.add(null);
        }
    }

    /** How long a partition is busy with a question. */
    public enum Effort {
        /** Less than it takes to wake another thread. */
        BRIEF,
        /** So long that the asker had better go on meanwhile. */
        LONG
    }

    /** Asks something brief. */
    public static <A> void ask(
            Partitions partitions,
            Shard home,
            List<PartitionRef> refs,
            Question<A> question,
            Consumer<List<A>> whenAll) {
        ask(partitions, home, refs, Effort.BRIEF, question, whenAll);
    }

    /**
     * Asks the partitions that exist; {@code whenAll} gets null where one does not (any more).
     *
     * @param home the shard that asks, which must be the current one
     */
    public static <A> void ask(
            Partitions partitions,
            Shard home,
            List<PartitionRef> refs,
            Effort effort,
            Question<A> question,
            Consumer<List<A>> whenAll) {
        Scatter<A> scatter = new Scatter<>(home, refs.size(), whenAll);
        List<Batch<A>> batches = scatter.batches(partitions, refs);
        if (batches.isEmpty()) {
            whenAll.accept(scatter.answers);
            return;
        }
        scatter.outstandingShards = batches.size();
        Batch<A> own = null;
        for (Batch<A> batch : batches) {
            if (batch.shard == home) {
                own = batch;
            } else {
                Runnable task = () -> batch.ask(partitions, refs, question);
                if (effort == Effort.BRIEF) {
                    batch.shard.perform(task);
                } else {
                    batch.shard.post(task);
                }
            }
        }
        if (own != null) {
            own.ask(partitions, refs, question);
        }
    }

    private List<Batch<A>> batches(Partitions partitions, List<PartitionRef> refs) {
        List<Batch<A>> batches = new ArrayList<>(partitions.shardCount());
        for (int i = 0; i < refs.size(); i++) {
            Shard shard = partitions.shardOf(refs.get(i));
            batchOf(shard, batches).indexes.add(i);
        }
        return batches;
    }

    private Batch<A> batchOf(Shard shard, List<Batch<A>> batches) {
        for (Batch<A> batch : batches) {
            if (batch.shard == shard) {
                return batch;
            }
        }
        Batch<A> batch = new Batch<>(this, shard);
        batches.add(batch);
        return batch;
    }

    private void answered(Batch<A> batch) {
        for (int i = 0; i < batch.indexes.size(); i++) {
            answers.set(batch.indexes.get(i), batch.answers.get(i));
        }
        if (--outstandingShards == 0) {
            whenAll.accept(answers);
        }
    }

    /** The part of the question that one shard answers. Made on the home shard, then owned by that shard until it is sent back. */
    private static final class Batch<A> {
        private final Scatter<A> scatter;
        private final Shard shard;
        private final List<Integer> indexes = new ArrayList<>();
        private final List<A> answers = new ArrayList<>();
        private int outstanding;

        Batch(Scatter<A> scatter, Shard shard) {
            this.scatter = scatter;
            this.shard = shard;
        }

        void ask(Partitions partitions, List<PartitionRef> refs, Question<A> question) {
            // One more than there are questions, so that an answer given at once cannot end the batch early.
            outstanding = indexes.size() + 1;
            for (int i = 0; i < indexes.size(); i++) {
                answers.add(null);
            }
            for (int i = 0; i < indexes.size(); i++) {
                int place = i;
                int index = indexes.get(i);
                LeaderPartition partition = partitions.find(refs.get(index));
                if (partition == null) {
                    answer(place, null);
                } else {
                    question.ask(index, partition, given -> answer(place, given));
                }
            }
            countDown();
        }

        private void answer(int place, A given) {
            answers.set(place, given);
            countDown();
        }

        private void countDown() {
            if (--outstanding > 0) {
                return;
            }
            if (scatter.home.isCurrent()) {
                scatter.answered(this);
            } else {
                scatter.home.post(() -> scatter.answered(this));
            }
        }
    }
}

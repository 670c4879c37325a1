package io.headrace.broker.api;

import io.headrace.broker.Node;
import io.headrace.broker.PartitionRef;
import io.headrace.broker.Request;
import io.headrace.broker.Scatter;
import io.headrace.metadata.TopicImage;
import io.headrace.replication.LeaderPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The partitions that a request names and that exist, each with what the request wants of it and the place in the response
 * for its answer.
 *
 * @param <W> what is wanted of one partition
 * @param <P> the place for its answer
 */
final class NamedPartitions<W, P> {

    /** Put to one partition on its own shard; must be answered exactly once, there, now or later. */
    @FunctionalInterface
    interface Question<W, A> {
        void ask(W wanted, LeaderPartition partition, Consumer<A> answer);
    }

    private final List<W> wanted = new ArrayList<>();
    private final List<P> places = new ArrayList<>();
    private final List<PartitionRef> refs = new ArrayList<>();

    /** Takes the partition in; false if there is none such. {@code topic} may be null. */
    boolean add(TopicImage topic, int partition, W what, P place) {
        if (topic == null || topic.partition(partition) == null) {
            return false;
        }
        wanted.add(what);
        places.add(place);
        refs.add(new PartitionRef(topic.id(), partition));
        return true;
    }

    /** Asks them all, and fills in the answers when all are there; null for a partition that was deleted meanwhile. */
    <A> void ask(Node node, Request request, Question<W, A> question, BiConsumer<P, A> fill, Runnable whenFilled) {
        Scatter.<A>ask(
                node.partitions(),
                request.shard(),
                refs,
                (index, partition, answer) -> question.ask(wanted.get(index), partition, answer),
                answers -> {
                    for (int i = 0; i < answers.size(); i++) {
                        fill.accept(places.get(i), answers.get(i));
                    }
                    whenFilled.run();
                });
    }

    List<P> places() {
        return places;
    }
}

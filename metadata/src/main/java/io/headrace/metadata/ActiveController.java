package io.headrace.metadata;

import io.headrace.ports.Check;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * The controller at work: events are decided in the order in which they come, their records appended and applied at
 * once, and answered when the log has committed all that the decision saw. {@link #image()} is what has been committed;
 * what runs ahead of it is seen by later decisions only, and forgotten when the log fails. Belongs to shard 0.
 */
public final class ActiveController implements MetadataLog.Listener {

    /** Hears the outcome of one event, on the owner's thread, exactly once, possibly within {@link #submit}. */
    public interface Reply<R> {
        void answered(R response);

        /** The metadata log cannot be written; whether the event took effect is not known. */
        void failed(Exception cause);
    }

    /** Hears what becomes of the metadata, on the owner's thread. */
    public interface Publication {

        /** A change has been committed; it is told before the replies that waited for it are answered. */
        void published(MetadataChange change);

        /** Events are answered with failures until {@link #available}. */
        default void unavailable(Exception cause) {}

        default void available() {}
    }

    /** Decided, and waiting for the log; the image is null if the decision changed nothing. */
    private record Pending<R>(long offset, MetadataImage image, List<ApiMessage> records, R response, Reply<R> reply) {

        void answer() {
            reply.answered(response);
        }
    }

    private final MetadataLog log;
    private final ControllerEnv env;
    private final Publication publication;

    /** In the order of their offsets. There are at most as many as there are requests under way. */
    private final Deque<Pending<?>> pending = new ArrayDeque<>();

    private Controller core;
    private MetadataImage committed;

    /** Null while the log works. */
    private Exception failure;

    /** @param image what the log says, all of it committed */
    public ActiveController(MetadataImage image, MetadataLog log, ControllerEnv env, Publication publication) {
        this.log = log;
        this.env = env;
        this.publication = publication;
        this.committed = image;
        this.core = new Controller(image);
        log.listen(this);
    }

    /** What is committed. */
    public MetadataImage image() {
        return committed;
    }

    public <R> void submit(ControllerEvent<R> event, Reply<R> reply) {
        if (failure != null) {
            log.recover();
            reply.failed(failure);
            return;
        }
        Decision<R> decision;
        try {
            decision = core.step(event, env);
            core.apply(decision.records(), log.endOffset() + decision.records().size() - 1);
        } catch (Check.BrokenInvariant cause) {
            // Neither changed anything, so that only this event is lost.
            reply.failed(cause);
            return;
        }
        commit(decision, reply);
    }

    private <R> void commit(Decision<R> decision, Reply<R> reply) {
        long seen = core.image().offset();
        List<ApiMessage> records = decision.records();
        if (records.isEmpty() && seen <= committed.offset()) {
            reply.answered(decision.response());
            return;
        }
        if (!records.isEmpty()) {
            try {
                long offset = log.append(records);
                Check.that(offset == seen, "records get the offsets that they were applied with", offset, seen);
            } catch (IOException | Check.BrokenInvariant cause) {
                failed(cause);
                reply.failed(cause);
                return;
            }
        }
        MetadataImage image = records.isEmpty() ? null : core.image();
        pending.add(new Pending<>(seen, image, records, decision.response(), reply));
    }

    @Override
    public void committed(long offset) {
        while (!pending.isEmpty() && pending.getFirst().offset() <= offset) {
            Pending<?> next = pending.removeFirst();
            if (next.image() != null) {
                publish(next.image(), next.records());
            }
            next.answer();
        }
        if (log.snapshotDue()) {
            log.snapshot(committed);
        }
    }

    private void publish(MetadataImage image, List<ApiMessage> records) {
        MetadataChange change = new MetadataChange(committed, image, records);
        committed = image;
        publication.published(change);
    }

    @Override
    public void failed(Exception cause) {
        failure = cause;
        core = null;
        List<Pending<?>> lost = new ArrayList<>(pending);
        pending.clear();
        publication.unavailable(cause);
        for (Pending<?> one : lost) {
            one.reply().failed(cause);
        }
        log.recover();
    }

    @Override
    public void recovered(MetadataImage image, List<ApiMessage> since) {
        failure = null;
        core = new Controller(image);
        if (!since.isEmpty()) {
            publish(image, since);
        }
        publication.available();
    }
}

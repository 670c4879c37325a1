package io.headrace.metadata;

/**
 * The controller at work: events are decided in the order in which they come, their records appended and applied at
 * once, and answered when the log has committed all that the decision saw. {@link #image()} is what has been committed;
 * what runs ahead of it is seen by later decisions only. Belongs to shard 0.
 */
public final class ActiveController {

    /** Hears the outcome of one event, on the owner's thread, exactly once, possibly within {@link #submit}. */
    public interface Reply<R> {
        void answered(R response);

        /** The metadata log cannot be written; whether the event took effect is not known. */
        void failed(Exception cause);
    }

    /** Hears of every image that has become committed, before the replies that waited for it. */
    public interface Publication {
        void published(MetadataChange change);
    }

    public <R> void submit(ControllerEvent<R> event, Reply<R> reply) {
        throw new UnsupportedOperationException("being written");
    }

    /** What is committed. */
    public MetadataImage image() {
        throw new UnsupportedOperationException("being written");
    }
}

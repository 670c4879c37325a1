package io.headrace.coordination;

/** Takes what a coordinator's partition says, in its order. */
public interface Replay {

    /** Takes one record of the partition. */
    void apply(CoordinatorRecord record, Origin origin);

    /** The transaction of a producer has ended: what it wrote under its name counts from now on, or never. */
    void applyMarker(long producerId, short producerEpoch, boolean commit);
}

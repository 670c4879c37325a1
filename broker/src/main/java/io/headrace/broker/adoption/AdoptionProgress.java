package io.headrace.broker.adoption;

/** Hears how far an adoption is, often. */
@FunctionalInterface
public interface AdoptionProgress {

    /** So many bytes of all that is to be copied are. */
    void copied(long bytes, long of);
}

package io.headrace.ports;

/** Assertions that stay on in production: a broken invariant is thrown at once, and its owner fences what it owns. */
public final class Check {

    private Check() {}

    public static void that(boolean condition, String invariant) {
        if (!condition) {
            throw new BrokenInvariant(invariant);
        }
    }

    /** As {@link #that(boolean, String)}, naming the two numbers that disagreed. */
    public static void that(boolean condition, String invariant, long left, long right) {
        if (!condition) {
            throw new BrokenInvariant(invariant + ": " + left + " against " + right);
        }
    }

    /** Something that cannot be so has been seen; the state that it was seen in is not to be trusted any more. */
    public static final class BrokenInvariant extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        BrokenInvariant(String invariant) {
            super(invariant);
        }
    }
}

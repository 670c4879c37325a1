package io.headrace.simulation;

/** Something was promised and not kept. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Violation(String what) {
        super(what);
    }

    public static void unless(boolean kept, String what) {
        if (!kept) {
            throw new Violation(what);
        }
    }
}

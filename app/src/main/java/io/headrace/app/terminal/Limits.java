package io.headrace.app.terminal;

/** Bounds on what is read from outside. */
final class Limits {

    /** Levels of objects and arrays within each other in one JSON text. */
    static final int JSON_DEPTH = 100;

    private Limits() {}
}

package io.headrace.metadata.config;

/** The named limits of the configuration catalogue. */
final class Limits {

    /** Characters by which an unknown key may differ from a known one that is then suggested. */
    static final int TYPING_ERRORS = 4;

    private Limits() {}
}

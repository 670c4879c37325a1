package io.headrace.metadata.config;

/** What Headrace does with a key. There is no third way: nothing is accepted and ignored. */
public sealed interface Support {

    /** The broker does what the key says. */
    record Honoured() implements Support {}

    /** The default is what the broker does; another value is refused. {@code why} completes "fixed, because". */
    record Fixed(String why) implements Support {}
}

package io.headrace.metadata.config;

/**
 * What Headrace does with a key. There is no third way: nothing is accepted and ignored.
 *
 * @see ConfigKey#description()
 */
public sealed interface Support {

    /** A sentence to add to the key's documentation; null if there is nothing to add. */
    String note();

    /** The broker does what the key says. A note tells where that comes by itself, or which values it leaves out. */
    record Honoured(String note) implements Support {}

    /** The default is what the broker does; another value is refused. The note says why. */
    record Fixed(String note) implements Support {}
}

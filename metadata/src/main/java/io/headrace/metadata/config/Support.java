package io.headrace.metadata.config;

/**
 * What Headrace does with a key.
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

    /**
     * The key is about something that a single node does not have, and whatever it says, nobody would notice: any value that
     * Kafka would take is taken from the file, which is told in a line at start, and none at run time. The note says what
     * there is not.
     */
    record Ignored(String note) implements Support {}
}

package io.headrace.runtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where this module says what went wrong. The logging library is loaded with the first thing said, not at start-up. */
final class FaultLog {

    private FaultLog() {}

    /** Somebody else's fault, in one line. */
    static void line(String what) {
        Lazy.LOGGER.warn(what);
    }

    /** A fault of ours, or of the machine. */
    static void fault(String what, Throwable cause) {
        Lazy.LOGGER.error(what, cause);
    }

    private static final class Lazy {
        static final Logger LOGGER = LoggerFactory.getLogger("io.headrace.runtime");
    }
}

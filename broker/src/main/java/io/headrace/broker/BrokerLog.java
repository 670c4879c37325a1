package io.headrace.broker;

import io.headrace.ports.DiskFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the broker says what happened to it. The logging library is loaded when there is something to say. */
final class BrokerLog {

    private BrokerLog() {}

    private static final class Holder {
        private static final Logger LOGGER = LoggerFactory.getLogger("io.headrace.broker");
    }

    static void info(String what) {
        Holder.LOGGER.info(what);
    }

    static void warn(String what) {
        Holder.LOGGER.warn(what);
    }

    static void warn(String what, Exception cause) {
        Holder.LOGGER.warn("{}: {}", what, DiskFault.inWords(cause));
    }

    static void error(String what, Exception cause) {
        Holder.LOGGER.error("{}: {}", what, DiskFault.inWords(cause));
    }
}

package io.headrace.metadata.config;

/** The units of the broker's keys that stand behind a topic's key in milliseconds: their names end with the unit. */
final class BrokerUnits {

    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;

    private BrokerUnits() {}

    /** The value of a broker's key in the unit of the topic's key. Any retention below 0 is none, which is -1. */
    static String inTopicUnit(String brokerKey, String value) {
        long unitMs = unitMs(brokerKey);
        boolean retention = brokerKey.startsWith("log.retention.") && !brokerKey.endsWith(".bytes");
        return unitMs == 1 && !retention ? value : Long.toString(toMs(brokerKey, Long.parseLong(value)));
    }

    static long toMs(String brokerKey, long value) {
        return value < 0 ? -1 : value * unitMs(brokerKey);
    }

    private static long unitMs(String brokerKey) {
        if (brokerKey.endsWith(".hours")) {
            return HOUR_MS;
        }
        return brokerKey.endsWith(".minutes") ? MINUTE_MS : 1;
    }
}

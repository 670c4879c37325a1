package io.headrace.metadata.config;

import static io.headrace.metadata.config.FileValues.text;
import static io.headrace.metadata.config.FileValues.whole;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The honoured keys of groups of the consumer protocol (KIP-848), typed and named after them: {@code group.consumer.*} of the
 * broker, over which a group may have its own {@code consumer.*}.
 *
 * @param heartbeatIntervalSet whether somebody has chosen the heartbeat interval
 * @param assignmentIntervalMs 0 here, 1,000 with Kafka
 * @param assignors names, the default one first
 * @param migrationPolicy in capital letters
 */
public record ConsumerGroupConfig(
        Bounded sessionTimeoutMs,
        Bounded heartbeatIntervalMs,
        boolean heartbeatIntervalSet,
        Bounded assignmentIntervalMs,
        int maxSize,
        List<String> assignors,
        String migrationPolicy) {

    private static final String SESSION = "consumer.session.timeout.ms";
    private static final String HEARTBEAT = "consumer.heartbeat.interval.ms";
    private static final String ASSIGNMENT = "consumer.assignment.interval.ms";

    /** A value, and what a group may choose instead. */
    public record Bounded(int value, int least, int most) {

        /** What lies outside counts as the nearer bound, since bounds may have been changed after a group chose. */
        private Bounded or(String chosen) {
            return chosen == null
                    ? this
                    : new Bounded(Math.clamp(Long.parseLong(chosen.trim()), least, most), least, most);
        }

        private String refusal(String key) {
            return refusal(key, value);
        }

        private String refusal(String key, String chosen) {
            return chosen == null ? null : refusal(key, Long.parseLong(chosen.trim()));
        }

        private String refusal(String key, long chosen) {
            return chosen >= least && chosen <= most
                    ? null
                    : key + "=" + chosen + " is refused: its bounds are " + least + " and " + most + ".";
        }
    }

    public static ConsumerGroupConfig of(Map<String, String> file) {
        return new ConsumerGroupConfig(
                new Bounded(
                        whole(file, "group.consumer.session.timeout.ms", 45_000),
                        whole(file, "group.consumer.min.session.timeout.ms", 45_000),
                        whole(file, "group.consumer.max.session.timeout.ms", 60_000)),
                new Bounded(
                        whole(file, "group.consumer.heartbeat.interval.ms", 5_000),
                        whole(file, "group.consumer.min.heartbeat.interval.ms", 5_000),
                        whole(file, "group.consumer.max.heartbeat.interval.ms", 15_000)),
                file.containsKey("group.consumer.heartbeat.interval.ms"),
                new Bounded(
                        whole(file, "group.consumer.assignment.interval.ms", 0),
                        whole(file, "group.consumer.min.assignment.interval.ms", 0),
                        whole(file, "group.consumer.max.assignment.interval.ms", 15_000)),
                whole(file, "group.consumer.max.size", Integer.MAX_VALUE),
                ConfigType.items(text(file, "group.consumer.assignors", "uniform,range")),
                text(file, "group.consumer.migration.policy", "bidirectional").toUpperCase(Locale.ROOT));
    }

    /** What holds for a group that has been given these values of its own. */
    public ConsumerGroupConfig with(Map<String, String> ofGroup) {
        if (ofGroup.isEmpty()) {
            return this;
        }
        return new ConsumerGroupConfig(
                sessionTimeoutMs.or(ofGroup.get(SESSION)),
                heartbeatIntervalMs.or(ofGroup.get(HEARTBEAT)),
                heartbeatIntervalSet || ofGroup.containsKey(HEARTBEAT),
                assignmentIntervalMs.or(ofGroup.get(ASSIGNMENT)),
                maxSize,
                assignors,
                migrationPolicy);
    }

    /** What is wrong with a group's own values, taken together with the broker's; null if nothing is. */
    String refusalOf(Map<String, String> ofGroup) {
        String refusal = sessionTimeoutMs.refusal(SESSION, ofGroup.get(SESSION));
        if (refusal == null) {
            refusal = heartbeatIntervalMs.refusal(HEARTBEAT, ofGroup.get(HEARTBEAT));
        }
        if (refusal == null) {
            refusal = assignmentIntervalMs.refusal(ASSIGNMENT, ofGroup.get(ASSIGNMENT));
        }
        ConsumerGroupConfig group = with(ofGroup);
        boolean inTime = group.heartbeatIntervalMs.value() < group.sessionTimeoutMs.value();
        return refusal != null || inTime
                ? refusal
                : HEARTBEAT + "=" + group.heartbeatIntervalMs.value() + " is refused: it is not below " + SESSION
                        + ", which is " + group.sessionTimeoutMs.value() + ".";
    }

    /** What is wrong with the broker's values taken together; null if nothing is. */
    String refusal() {
        String refusal = sessionTimeoutMs.refusal("group.consumer.session.timeout.ms");
        if (refusal == null) {
            refusal = heartbeatIntervalMs.refusal("group.consumer.heartbeat.interval.ms");
        }
        if (refusal == null) {
            refusal = assignmentIntervalMs.refusal("group.consumer.assignment.interval.ms");
        }
        boolean inTime = heartbeatIntervalMs.value() < sessionTimeoutMs.value();
        return refusal != null || inTime
                ? refusal
                : "group.consumer.heartbeat.interval.ms=" + heartbeatIntervalMs.value()
                        + " is refused: it is not below group.consumer.session.timeout.ms, which is "
                        + sessionTimeoutMs.value() + ".";
    }
}

package io.headrace.compat.group;

import java.util.Properties;

/** A way to be a member, each of which has a group of its own. */
enum Membership {
    CLASSIC_EAGER(false, "partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor"),
    CLASSIC_COOPERATIVE(
            false, "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"),
    CLASSIC_STATIC(true, "partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor"),
    CONSUMER(false, "group.protocol", "consumer"),
    CONSUMER_STATIC(true, "group.protocol", "consumer"),

    /** In the protocol of its process, so that the group lives with both and moves from one to the other. */
    MIGRATING(false, "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");

    /** The broker's default for groups of the classic protocol, and to be set for those of the consumer protocol. */
    static final int SESSION_TIMEOUT_MS = 6_000;

    private final boolean isStatic;
    private final String key;
    private final String value;

    Membership(boolean isStatic, String key, String value) {
        this.isStatic = isStatic;
        this.key = key;
        this.value = value;
    }

    String group() {
        return name();
    }

    /**
     * @param place of a member in its group, the instance id of a static one
     * @param protocol of migrating members
     */
    Properties consumerConfigs(String bootstrap, String place, String protocol) {
        Properties all = new Properties();
        all.put("bootstrap.servers", bootstrap);
        all.put("group.id", group());
        all.put("client.id", place);
        all.put("auto.offset.reset", "earliest");
        all.put("enable.auto.commit", "false");
        all.put("max.poll.records", "20");
        all.put("reconnect.backoff.ms", "20");
        all.put("reconnect.backoff.max.ms", "100");
        if (this == MIGRATING && protocol.equals("consumer")) {
            all.put("group.protocol", protocol);
        } else {
            all.put(key, value);
        }
        if (isStatic) {
            all.put("group.instance.id", place);
        }
        if (!all.containsKey("group.protocol")) {
            all.put("session.timeout.ms", Integer.toString(SESSION_TIMEOUT_MS));
            all.put("heartbeat.interval.ms", "500");
        }
        return all;
    }
}

package io.headrace.coordination;

import org.apache.kafka.common.protocol.ApiMessage;

/**
 * What a coordinator writes: one record of its topic, in Kafka's schema.
 *
 * @param value null in a tombstone, which removes what the key stands for
 * @param valueVersion the schema version that the value is written in; 0 in a tombstone
 */
public record CoordinatorRecord(ApiMessage key, ApiMessage value, short valueVersion) {

    /** In the highest version of the value. */
    public static CoordinatorRecord of(ApiMessage key, ApiMessage value) {
        return new CoordinatorRecord(key, value, value.highestSupportedVersion());
    }

    public static CoordinatorRecord tombstone(ApiMessage key) {
        return new CoordinatorRecord(key, null, (short) 0);
    }

    public boolean isTombstone() {
        return value == null;
    }
}

package io.headrace.coordination;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * The pair of generated classes that a type of record consists of.
 *
 * @param type the number in front of the key
 */
record RecordSchema(short type, Supplier<ApiMessage> emptyKey, Supplier<ApiMessage> emptyValue) {

    /** Of {@code __consumer_offsets}. */
    static List<RecordSchema> groups() {
        return Arrays.stream(org.apache.kafka.coordinator.group.generated.CoordinatorRecordType.values())
                .map(type -> new RecordSchema(type.id(), type::newRecordKey, type::newRecordValue))
                .toList();
    }

    /** Of {@code __transaction_state}. */
    static List<RecordSchema> transactions() {
        return Arrays.stream(org.apache.kafka.coordinator.transaction.generated.CoordinatorRecordType.values())
                .map(type -> new RecordSchema(type.id(), type::newRecordKey, type::newRecordValue))
                .toList();
    }
}

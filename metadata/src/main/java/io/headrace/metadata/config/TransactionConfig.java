package io.headrace.metadata.config;

import static io.headrace.metadata.config.FileValues.whole;

import java.util.Map;

/**
 * The honoured keys of the transaction coordinator, typed and named after them.
 *
 * @param maxTimeoutMs {@code transaction.max.timeout.ms}
 * @param idExpirationMs {@code transactional.id.expiration.ms}
 * @param idExpirationCheckMs {@code transaction.remove.expired.transaction.cleanup.interval.ms}
 * @param topicPartitions of {@code __transaction_state} when it is created
 * @param loadBufferBytes read at a time while a coordinator loads
 */
public record TransactionConfig(
        int maxTimeoutMs,
        int idExpirationMs,
        int idExpirationCheckMs,
        int topicPartitions,
        int topicSegmentBytes,
        int loadBufferBytes) {

    static TransactionConfig of(Map<String, String> file) {
        return new TransactionConfig(
                whole(file, "transaction.max.timeout.ms", 900_000),
                whole(file, "transactional.id.expiration.ms", 604_800_000),
                whole(file, "transaction.remove.expired.transaction.cleanup.interval.ms", 3_600_000),
                whole(file, "transaction.state.log.num.partitions", 50),
                whole(file, "transaction.state.log.segment.bytes", 104_857_600),
                whole(file, "transaction.state.log.load.buffer.size", 5_242_880));
    }
}

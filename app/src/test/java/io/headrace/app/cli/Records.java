package io.headrace.app.cli;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records for tests. */
final class Records {

    private Records() {}

    static ConsumerRecord<byte[], byte[]> of(int partition, long offset, byte[] key, byte[] value, Header... headers) {
        return new ConsumerRecord<>(
                "flights",
                partition,
                offset,
                978_310_020_000L,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                new RecordHeaders(headers),
                Optional.empty());
    }

    static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}

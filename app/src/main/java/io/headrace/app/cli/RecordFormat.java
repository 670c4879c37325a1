package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How {@code consume} writes a record. */
interface RecordFormat {

    void write(ConsumerRecord<byte[], byte[]> record, Terminal terminal);
}

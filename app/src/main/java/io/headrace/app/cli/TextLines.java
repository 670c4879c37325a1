package io.headrace.app.cli;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A line is a value, or a key and a value with a separator between them. Bytes stay as they are.
 *
 * @param partition null leaves it to the producer
 * @param keySeparator null if lines hold no key; its first occurrence counts
 * @param key of every record, where lines hold none; null is none
 */
record TextLines(String topic, Integer partition, String keySeparator, String key, List<Header> headers)
        implements LineFormat {

    @Override
    public ProducerRecord<byte[], byte[]> read(byte[] line) throws BadLine {
        if (keySeparator == null) {
            return record(key == null ? null : Utf8.encode(key), line);
        }
        byte[] separator = Utf8.encode(keySeparator);
        int at = indexOf(line, separator);
        if (at < 0) {
            throw new BadLine("it has no '" + keySeparator + "' between key and value");
        }
        return record(Arrays.copyOf(line, at), Arrays.copyOfRange(line, at + separator.length, line.length));
    }

    private ProducerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
        return new ProducerRecord<>(topic, partition, null, key, value, headers);
    }

    private static int indexOf(byte[] line, byte[] separator) {
        for (int from = 0; from <= line.length - separator.length; from++) {
            if (Arrays.equals(line, from, from + separator.length, separator, 0, separator.length)) {
                return from;
            }
        }
        return -1;
    }
}

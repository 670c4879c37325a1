package io.headrace.app.cli;

import org.apache.kafka.clients.producer.ProducerRecord;

/** How {@code produce} understands a line. */
interface LineFormat {

    ProducerRecord<byte[], byte[]> read(byte[] line) throws BadLine;

    /** Says what is wrong with the line. */
    final class BadLine extends Exception {

        private static final long serialVersionUID = 1L;

        BadLine(String message) {
            super(message);
        }

        BadLine(String message, Throwable cause) {
            super(message, cause);
        }
    }
}

package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Writes a record as a pattern with percent signs says, and a line end after it. Keys and values come out byte for byte. */
final class PatternFormat implements RecordFormat {

    static final String PLACES = "%k key, %v value, %h headers, %t topic, %p partition, %o offset,"
            + " %T timestamp in milliseconds, %% percent sign; \\t and \\n are tab and line end";

    private static final byte[] LINE_END = {'\n'};

    private final List<Part> parts = new ArrayList<>();

    private PatternFormat() {}

    private interface Part {
        byte[] of(ConsumerRecord<byte[], byte[]> record);
    }

    /** The value alone, or the key and this before it. */
    static PatternFormat keyAndValue(String keySeparator) {
        PatternFormat format = new PatternFormat();
        if (keySeparator != null) {
            format.parts.add(ConsumerRecord::key);
            format.addText(keySeparator);
        }
        format.parts.add(ConsumerRecord::value);
        return format;
    }

    /** Throws IllegalArgumentException, saying why, if the pattern has something unknown. */
    static PatternFormat parse(String pattern) {
        PatternFormat format = new PatternFormat();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' && c != '\\') {
                text.append(c);
                continue;
            }
            if (++i == pattern.length()) {
                throw new IllegalArgumentException("a " + c + " at the end means nothing");
            }
            char letter = pattern.charAt(i);
            if (c == '\\') {
                text.append(escaped(letter));
            } else if (letter == '%') {
                text.append(letter);
            } else {
                format.addText(text.toString());
                text.setLength(0);
                format.parts.add(place(letter));
            }
        }
        format.addText(text.toString());
        return format;
    }

    private void addText(String text) {
        byte[] bytes = Utf8.encode(text);
        if (bytes.length > 0) {
            parts.add(_ -> bytes);
        }
    }

    private static char escaped(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case '\\' -> '\\';
            default ->
                throw new IllegalArgumentException("\\" + letter + " means nothing; there are \\n, \\t and \\\\");
        };
    }

    private static Part place(char letter) {
        return switch (letter) {
            case 'k' -> ConsumerRecord::key;
            case 'v' -> ConsumerRecord::value;
            case 'h' -> record -> headers(record);
            case 't' -> record -> Utf8.encode(record.topic());
            case 'p' -> record -> Utf8.encode(Integer.toString(record.partition()));
            case 'o' -> record -> Utf8.encode(Long.toString(record.offset()));
            case 'T' -> record -> Utf8.encode(Long.toString(record.timestamp()));
            default -> throw new IllegalArgumentException("%" + letter + " means nothing; there are " + PLACES);
        };
    }

    private static byte[] headers(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder();
        for (Header header : record.headers()) {
            String value = header.value() == null ? "" : Utf8.decode(header.value());
            text.append(text.isEmpty() ? "" : ",")
                    .append(header.key())
                    .append('=')
                    .append(value == null ? "?" : value);
        }
        return Utf8.encode(text.toString());
    }

    @Override
    public void write(ConsumerRecord<byte[], byte[]> record, Terminal terminal) {
        for (Part part : parts) {
            byte[] bytes = part.of(record);
            if (bytes != null) {
                terminal.write(bytes);
            }
        }
        terminal.write(LINE_END);
    }
}

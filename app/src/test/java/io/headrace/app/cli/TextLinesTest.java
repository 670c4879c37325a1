package io.headrace.app.cli;

import static io.headrace.app.cli.Records.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLinesTest {

    @Test
    void aLineIsAValue() throws LineFormat.BadLine {
        ProducerRecord<byte[], byte[]> record =
                new TextLines("t", null, null, null, List.of()).read(new byte[] {-1, ':', '\r'});

        assertThat(record.key()).isNull();
        assertThat(record.value()).containsExactly(-1, ':', '\r');
    }

    @Test
    void theFirstSeparatorPartsKeyAndValue() throws LineFormat.BadLine {
        ProducerRecord<byte[], byte[]> record = new TextLines("t", 3, "::", null, List.of()).read(bytes("a:b::c::d"));

        assertThat(record.key()).isEqualTo(bytes("a:b"));
        assertThat(record.value()).isEqualTo(bytes("c::d"));
        assertThat(record.partition()).isEqualTo(3);
    }

    @Test
    void aLineWithoutItsSeparatorIsRefused() {
        assertThatThrownBy(() -> new TextLines("t", null, ":", null, List.of()).read(bytes("abc")))
                .isInstanceOf(LineFormat.BadLine.class)
                .hasMessage("it has no ':' between key and value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a", "a\n", "a\nb", "\n\na\n\n", "a\r\nb"})
    void linesAreWhatIsBetweenLineEnds(String text) throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream(bytes(text)));
        List<String> lines = new ArrayList<>();
        byte[] line;
        while ((line = reader.next()) != null) {
            lines.add(new String(line, java.nio.charset.StandardCharsets.UTF_8));
        }

        List<String> expected = new ArrayList<>(List.of(text.split("\n", -1)));
        if (expected.getLast().isEmpty()) {
            expected.removeLast();
        }
        assertThat(lines).isEqualTo(expected);
    }

    @Test
    void aLineMayBeLongerThanTheBuffer() throws IOException {
        String longLine = "x".repeat(1_000_000);
        LineReader reader = new LineReader(new ByteArrayInputStream(bytes(longLine + "\nshort")));

        assertThat(reader.next()).isEqualTo(bytes(longLine));
        assertThat(reader.next()).isEqualTo(bytes("short"));
        assertThat(reader.next()).isNull();
    }
}

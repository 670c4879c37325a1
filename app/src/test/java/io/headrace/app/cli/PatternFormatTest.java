package io.headrace.app.cli;

import static io.headrace.app.cli.Records.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.headrace.app.terminal.TerminalProbe;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternFormatTest {

    private static final ConsumerRecord<byte[], byte[]> RECORD = Records.of(
            3,
            17,
            bytes("ATL"),
            bytes("late"),
            new RecordHeader("a", bytes("1")),
            new RecordHeader("b", null),
            new RecordHeader("c", new byte[] {-1}));

    private final TerminalProbe probe = new TerminalProbe();

    @ParameterizedTest
    @CsvSource({
        "%v, late",
        "%p:%o %k=%v, 3:17 ATL=late",
        "'%t,%T,%h', 'flights,978310020000,a=1,b=,c=?'",
        "100%% %v, 100% late",
        "a\\tb\\\\%k, a\tb\\ATL",
        "text, text"
    })
    void placesAreFilledAndALineEndFollows(String pattern, String line) {
        PatternFormat.parse(pattern).write(RECORD, probe.terminal());

        assertThat(probe.out()).isEqualTo(line + "\n");
    }

    @ParameterizedTest
    @CsvSource({"%z, %z means nothing; there are", "a%, a % at the end means nothing", "\\q, \\q means nothing"})
    void whatIsUnknownIsNamed(String pattern, String explanation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PatternFormat.parse(pattern))
                .withMessageStartingWith(explanation);
    }

    @Test
    void keyAndValueComeOutWithTheSeparator() {
        PatternFormat.keyAndValue("\t").write(RECORD, probe.terminal());

        assertThat(probe.out()).isEqualTo("ATL\tlate\n");
    }

    @Test
    void noKeyAndNoValueAreEmpty() {
        PatternFormat.keyAndValue(":").write(Records.of(0, 0, null, null), probe.terminal());

        assertThat(probe.out()).isEqualTo(":\n");
    }
}

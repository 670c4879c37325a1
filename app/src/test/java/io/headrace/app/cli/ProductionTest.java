package io.headrace.app.cli;

import static io.headrace.app.cli.Records.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.app.terminal.Terminal;
import io.headrace.app.terminal.TerminalProbe;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ProductionTest {

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void everyLineIsARecordAndNothingIsSaidToAPipe() throws IOException {
        TerminalProbe probe = new TerminalProbe("a:1\nb:2\n", Terminal.People.NOWHERE);

        production(probe).run();

        assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly(bytes("a"), bytes("b"));
        assertThat(producer.flushed()).isTrue();
        assertThat(probe.out() + probe.err()).isEmpty();
    }

    @Test
    void aPersonIsToldHowManyWereWritten() throws IOException {
        TerminalProbe probe = new TerminalProbe("a:1\nb:2\n", new Terminal.People(true, true, true));

        production(probe).run();

        assertThat(probe.err()).startsWith("one record per line; Ctrl-D ends\n2 records written, 6 B read, ");
    }

    @Test
    void aBadLineEndsItAndIsNamed() {
        TerminalProbe probe = new TerminalProbe("a:1\nb\nc:3\n", Terminal.People.NOWHERE);

        assertThatThrownBy(() -> production(probe).run())
                .isInstanceOf(CommandFailed.class)
                .hasMessage("line 2 is refused: it has no ':' between key and value; written: 1");
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void aRecordThatCannotBeWrittenEndsItAndIsNamed() {
        TerminalProbe probe = new TerminalProbe("a:1\nb:2\n", Terminal.People.NOWHERE);
        MockProducer<byte[], byte[]> failing =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public synchronized void flush() {
                        completeNext();
                        errorNext(new RecordTooLargeException("too large"));
                    }
                };

        assertThatThrownBy(() -> new Production(failing, lines(), probe.terminal()).run())
                .isInstanceOf(CommandFailed.class)
                .hasMessage("line 2 was not written: too large; written: 1");
    }

    private Production production(TerminalProbe probe) {
        return new Production(producer, lines(), probe.terminal());
    }

    private static LineFormat lines() {
        return new TextLines("t", null, ":", null, List.of());
    }
}

package io.headrace.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAlignedAndNumbersStandToTheRight() {
        TerminalProbe probe = new TerminalProbe();
        Table table = new Table("TOPIC", "PARTITIONS", "NOTE");
        table.row("flights", 6, "");
        table.row("a", 1_200, "b");

        table.print(probe.terminal());

        assertThat(probe.out()).isEqualTo("""
                TOPIC    PARTITIONS  NOTE
                flights           6
                a              1200  b
                """);
    }

    @Test
    void aTableWithoutRowsIsItsHeading() {
        TerminalProbe probe = new TerminalProbe();

        new Table("TOPIC", "PARTITIONS").print(probe.terminal());

        assertThat(probe.out()).isEqualTo("TOPIC  PARTITIONS\n");
    }
}

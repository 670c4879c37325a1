package io.headrace.app.cli;

import static io.headrace.app.cli.Records.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.app.terminal.TerminalProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumptionTest {

    private static final TopicPartition P0 = new TopicPartition("flights", 0);
    private static final TopicPartition P1 = new TopicPartition("flights", 1);
    private static final long ANY_NUMBER = Long.MAX_VALUE;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final TerminalProbe probe = new TerminalProbe();
    private final Consumption consumption = new Consumption(consumer, PatternFormat.parse("%p:%o"), probe.terminal());

    @BeforeEach
    void twoPartitionsOfWhichOneIsEmpty() {
        consumer.assign(List.of(P0, P1));
        consumer.seek(P0, 0);
        consumer.seek(P1, 0);
        consumer.updateEndOffsets(Map.of(P0, 2L, P1, 0L));
        for (int offset = 0; offset < 5; offset++) {
            consumer.addRecord(Records.of(0, offset, null, bytes("v")));
        }
    }

    @Test
    void untilEndEndsWhereThePartitionsEndedWhenItBegan() {
        consumption.run(ANY_NUMBER, true, null);

        assertThat(probe.out()).isEqualTo("0:0\n0:1\n");
    }

    @Test
    void aMaximumEndsInTheMiddleOfWhatCame() {
        consumption.run(3, false, null);

        assertThat(probe.out()).isEqualTo("0:0\n0:1\n0:2\n");
    }

    @Test
    void aMaximumOfNoneReadsNothing() {
        consumption.run(0, false, null);

        assertThat(probe.out()).isEmpty();
    }

    @Test
    void patienceEndsWhenNothingComesAnyMore() {
        consumption.run(ANY_NUMBER, false, Duration.ZERO);

        assertThat(probe.out()).isEqualTo("0:0\n0:1\n0:2\n0:3\n0:4\n");
    }

    @Test
    void untilTheEndOfAnEmptyTopicIsAtOnce() {
        consumer.assign(List.of(P1));
        consumer.seek(P1, 0);

        consumption.run(ANY_NUMBER, true, null);

        assertThat(probe.out()).isEmpty();
    }
}

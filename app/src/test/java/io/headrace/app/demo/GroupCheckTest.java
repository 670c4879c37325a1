package io.headrace.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class GroupCheckTest {

    private final Flights flights = Flights.of(List.of("1,ATL,JFK", "2,ATL,BOS", "3,ATL,LAX"));
    private final DeliveryCheck delivery = new DeliveryCheck(flights);
    private final GroupCheck check = new GroupCheck(delivery);

    private void read(long offset) {
        String value = flights.line("ATL", offset);
        check.read(new ConsumerRecord<>("flights", 0, offset, "ATL", value), offset);
    }

    @Test
    void eachRecordOnceIsRight() {
        read(0);
        read(1);
        check.committed(0, 2);
        read(2);

        assertThat(delivery.faults()).isEmpty();
        assertThat(check.records()).isEqualTo(3);
        assertThat(check.repeats()).isZero();
    }

    @Test
    void whatWasNotCommittedMayComeAgain() {
        read(0);
        check.committed(0, 1);
        read(1);
        read(1);
        read(2);

        assertThat(delivery.faults()).isEmpty();
        assertThat(check.records()).isEqualTo(3);
        assertThat(check.repeats()).isEqualTo(1);
    }

    @Test
    void whatWasCommittedMayNot() {
        read(0);
        check.committed(0, 1);
        read(0);

        assertThat(delivery.faults()).containsExactly("partition 0 offset 0 came again, although 1 was committed");
    }

    @Test
    void nothingMayBeLeftOut() {
        read(0);
        read(2);

        assertThat(delivery.faults())
                .containsExactly("partition 0 offset 1 was due, and 2 came", "ATL number 1 was due, and 2 came");
    }
}

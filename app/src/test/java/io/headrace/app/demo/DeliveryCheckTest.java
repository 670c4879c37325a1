package io.headrace.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryCheckTest {

    private static final Flights FLIGHTS = Flights.of(List.of("d1,ATL,LAX,1,1", "d2,ATL,SFO,2,2", "d3,JFK,SFO,3,3"));

    private final DeliveryCheck check = new DeliveryCheck(FLIGHTS);

    @Test
    void everythingOnceAndInOrderIsFine() {
        read("ATL", 0);
        read("JFK", 0);
        read("ATL", 1);
        read("ATL", 2);
        check.end(Map.of("ATL", 3L, "JFK", 1L));

        assertThat(check.faults()).isEmpty();
        assertThat(check.records()).isEqualTo(4);
        assertThat(check.keys()).isEqualTo(2);
    }

    @Test
    void aLostRecordIsFound() {
        read("ATL", 0);
        read("ATL", 2);
        check.end(Map.of("ATL", 3L));

        assertThat(check.faults()).containsExactly("ATL number 1 was due, and 2 came");
    }

    @Test
    void aLostLastRecordIsFound() {
        read("ATL", 0);
        check.end(Map.of("ATL", 2L));

        assertThat(check.faults()).containsExactly("ATL was sent 2 times, and the last number read is 0");
    }

    @Test
    void aKeyOfWhichNothingCameIsFound() {
        check.end(Map.of("JFK", 1L));

        assertThat(check.faults()).containsExactly("JFK was sent 1 times, and the last number read is -1");
    }

    @Test
    void aDoubledRecordIsFound() {
        read("ATL", 0);
        read("ATL", 0);
        check.end(Map.of("ATL", 1L));

        assertThat(check.faults()).containsExactly("ATL number 0 came twice or late: 1 was due");
    }

    @Test
    void twoRecordsThatChangedPlacesAreFound() {
        read("ATL", 1);
        read("ATL", 0);
        check.end(Map.of("ATL", 2L));

        assertThat(check.faultCount()).isEqualTo(2);
    }

    @Test
    void aKeyInTwoPartitionsIsFound() {
        check.read("ATL", 0, 1, FLIGHTS.line("ATL", 0));
        check.read("ATL", 1, 2, FLIGHTS.line("ATL", 1));

        assertThat(check.faults()).containsExactly("ATL stands in partition 2 and in 1");
    }

    @Test
    void anAlteredValueIsFound() {
        check.read("ATL", 0, 0, FLIGHTS.line("ATL", 1));

        assertThat(check.faults()).singleElement().asString().startsWith("ATL number 0 has another value");
    }

    @Test
    void aKeyThatWasNeverSentIsFound() {
        check.read("XXX", 0, 0, "d,XXX");
        check.end(Map.of());

        assertThat(check.faults()).contains("XXX was never sent");
    }

    @Test
    void onlyTheFirstFaultsAreToldAndAllAreCounted() {
        for (int i = 0; i < 100; i++) {
            read("ATL", 0);
        }

        assertThat(check.faults()).hasSize(Limits.FAULTS_TOLD);
        assertThat(check.faultCount()).isEqualTo(99);
    }

    private void read(String key, long number) {
        check.read(key, number, 0, FLIGHTS.line(key, number));
    }
}

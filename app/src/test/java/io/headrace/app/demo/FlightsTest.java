package io.headrace.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FlightsTest {

    @Test
    void theJarHoldsTwentyThousandFlights() throws IOException {
        Flights flights = Flights.load();

        assertThat(flights.all()).hasSize(20_000);
        assertThat(flights.all().getFirst()).isEqualTo(new Flights.Flight("DTW", "2001/01/01 00:47,DTW,LAS,1750,66"));
    }

    @Test
    void theFlightsFromOneOriginMakeAnEndlessSequence() throws IOException {
        Flights flights = Flights.load();
        long fromDetroit = flights.all().stream()
                .filter(flight -> flight.origin().equals("DTW"))
                .count();

        assertThat(flights.line("DTW", 0)).isEqualTo("2001/01/01 00:47,DTW,LAS,1750,66");
        assertThat(flights.line("DTW", fromDetroit)).isEqualTo(flights.line("DTW", 0));
        assertThat(flights.line("DTW", 1)).isNotEqualTo(flights.line("DTW", 0));
        assertThat(flights.line("nowhere", 0)).isNull();
    }
}

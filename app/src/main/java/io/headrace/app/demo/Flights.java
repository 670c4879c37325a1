package io.headrace.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Real domestic flights in the US of early 2001, in order of departure (Bureau of Transportation Statistics, public
 * domain). They are streamed in passes, so that the flights from one origin make an endless sequence of their own.
 */
final class Flights {

    private static final String RESOURCE = "us-flights-2001.csv.gz";
    private static final int ORIGIN_COLUMN = 1;

    private final List<Flight> all = new ArrayList<>();
    private final Map<String, List<String>> byOrigin = new HashMap<>();

    /** {@code line} is the flight as it stands in the data: date, origin, destination, miles, delay in minutes. */
    record Flight(String origin, String line) {}

    private Flights() {}

    static Flights load() throws IOException {
        try (InputStream resource = Flights.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException(RESOURCE + " is not in the jar");
            }
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.US_ASCII));
            lines.readLine();
            return of(lines.lines().toList());
        }
    }

    static Flights of(List<String> lines) {
        Flights flights = new Flights();
        for (String line : lines) {
            String origin = line.split(",", -1)[ORIGIN_COLUMN];
            flights.all.add(new Flight(origin, line));
            flights.byOrigin.computeIfAbsent(origin, _ -> new ArrayList<>()).add(line);
        }
        return flights;
    }

    List<Flight> all() {
        return all;
    }

    /** The flight with that number, from 0, in the sequence of its origin; null if nothing departs there. */
    String line(String origin, long number) {
        List<String> lines = byOrigin.get(origin);
        return lines == null ? null : lines.get((int) (number % lines.size()));
    }
}

package io.headrace.app.server;

import java.util.Map;

/**
 * What {@code start} was asked for.
 *
 * @param data the data directory, or null to leave it to the configuration
 * @param port the port to listen on, 0 for any free one, or null to leave it to the configuration
 * @param configFile a file in Java's properties format, or null
 * @param settings what {@code --set} said, in that order; never null
 */
public record StartOptions(String data, Integer port, String configFile, Map<String, String> settings) {

    /** The highest port that there is. */
    public static final int HIGHEST_PORT = 65_535;
}

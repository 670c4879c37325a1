package io.headrace.app.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Understands the usual forms of {@code start}, and only these: picocli understands all, but costs 160 ms of CPU before
 * the broker begins. Whatever is wrong, unusual or a call for help is left to picocli, which says so in words; the two
 * agree on the rest, and a test sees to it.
 */
public final class PlainStart {

    private static final int PORT_MAX_DIGITS = 5;

    private final Map<String, String> settings = new LinkedHashMap<>();
    private String data;
    private String port;
    private String configFile;

    private PlainStart() {}

    /** The options, or null if this is not a plain start. */
    public static StartOptions parse(String[] arguments) {
        if (arguments.length == 0 || !arguments[0].equals("start")) {
            return null;
        }
        PlainStart start = new PlainStart();
        for (int i = 1; i < arguments.length; i++) {
            String option = arguments[i];
            int equals = option.indexOf('=');
            boolean joined = option.startsWith("--") && equals > 0;
            if (!joined && i + 1 == arguments.length) {
                return null;
            }
            String name = joined ? option.substring(0, equals) : option;
            String value = joined ? option.substring(equals + 1) : arguments[++i];
            if (value.isEmpty() || value.startsWith("-") || !start.take(name, value)) {
                return null;
            }
        }
        return new StartOptions(
                start.data, start.port == null ? null : Integer.valueOf(start.port), start.configFile, start.settings);
    }

    /** False if it is not understood, or was said before. */
    private boolean take(String name, String value) {
        return switch (name) {
            case "--data" -> {
                boolean first = data == null;
                data = value;
                yield first;
            }
            case "--port" -> {
                boolean first = port == null;
                port = value;
                yield first && isPort(value);
            }
            case "--config" -> {
                boolean first = configFile == null;
                configFile = value;
                yield first;
            }
            case "--set" -> {
                int equals = value.indexOf('=');
                yield equals > 0 && settings.put(value.substring(0, equals), value.substring(equals + 1)) == null;
            }
            default -> false;
        };
    }

    private static boolean isPort(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() <= PORT_MAX_DIGITS && Integer.parseInt(text) <= StartOptions.HIGHEST_PORT;
    }
}

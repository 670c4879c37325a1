package io.headrace.metadata.config;

import java.util.Map;

/** Reads the values of a configuration file that has been found good. */
final class FileValues {

    private FileValues() {}

    static String text(Map<String, String> file, String key, String orElse) {
        String value = file.get(key);
        return value == null ? orElse : value.trim();
    }

    static boolean flag(Map<String, String> file, String key, boolean orElse) {
        String value = text(file, key, null);
        return value == null ? orElse : value.equalsIgnoreCase("true");
    }

    static long number(Map<String, String> file, String key, long orElse) {
        String value = text(file, key, null);
        return value == null ? orElse : Long.parseLong(value);
    }

    static int whole(Map<String, String> file, String key, int orElse) {
        return (int) number(file, key, orElse);
    }
}

package io.headrace.benchmarks;

import java.util.List;

/** The words after a measurement's name: {@code --rounds 20 --dir /mnt/data}. */
public record Options(List<String> words) {

    public boolean has(String name) {
        return words.contains("--" + name);
    }

    public String text(String name, String fallback) {
        int at = words.indexOf("--" + name);
        return at < 0 || at + 1 == words.size() ? fallback : words.get(at + 1);
    }

    public int number(String name, int fallback) {
        return Integer.parseInt(text(name, Integer.toString(fallback)));
    }
}

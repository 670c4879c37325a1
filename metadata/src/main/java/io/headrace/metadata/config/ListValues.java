package io.headrace.metadata.config;

import java.util.List;

/** APPEND and SUBTRACT of IncrementalAlterConfigs, for keys of type LIST. */
public final class ListValues {

    private ListValues() {}

    /**
     * {@code current} with the items of {@code operand} that it does not have yet. {@code current} is what the resource
     * itself was given, or else the key's default; null is an empty list.
     */
    public static String append(String current, String operand) {
        List<String> items = items(current);
        for (String item : items(operand)) {
            if (!items.contains(item)) {
                items.add(item);
            }
        }
        return String.join(",", items);
    }

    /** {@code current}, as for {@link #append}, without the items of {@code operand}. */
    public static String subtract(String current, String operand) {
        List<String> items = items(current);
        items.removeAll(items(operand));
        return String.join(",", items);
    }

    private static List<String> items(String list) {
        return ConfigType.items(list == null ? "" : list.trim());
    }
}

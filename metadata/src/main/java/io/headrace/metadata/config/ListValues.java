package io.headrace.metadata.config;

/** APPEND and SUBTRACT of IncrementalAlterConfigs, for keys of type LIST. */
public final class ListValues {

    private ListValues() {}

    /** {@code current} (null or empty: no items) with the items of {@code operand} that it does not have yet. */
    public static String append(String current, String operand) {
        throw new UnsupportedOperationException("being written");
    }

    /** {@code current} without the items of {@code operand}. */
    public static String subtract(String current, String operand) {
        throw new UnsupportedOperationException("being written");
    }
}

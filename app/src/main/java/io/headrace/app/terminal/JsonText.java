package io.headrace.app.terminal;

import java.util.Map;

/**
 * Values as JSON on one line: maps are objects in their own order, iterables are arrays, numbers, booleans and null are
 * themselves, everything else is a string.
 */
public final class JsonText {

    private static final int FIRST_PRINTABLE = 0x20;

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    public static String of(Object value) {
        JsonText json = new JsonText();
        json.append(value);
        return json.text.toString();
    }

    private void append(Object value) {
        switch (value) {
            case null -> text.append("null");
            case Number number -> text.append(number);
            case Boolean flag -> text.append(flag);
            case Map<?, ?> object -> appendObject(object);
            case Iterable<?> array -> appendArray(array);
            default -> appendString(value.toString());
        }
    }

    private void appendObject(Map<?, ?> object) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> field : object.entrySet()) {
            text.append(separator);
            appendString(field.getKey().toString());
            text.append(':');
            append(field.getValue());
            separator = ",";
        }
        text.append('}');
    }

    private void appendArray(Iterable<?> array) {
        text.append('[');
        String separator = "";
        for (Object element : array) {
            text.append(separator);
            append(element);
            separator = ",";
        }
        text.append(']');
    }

    private void appendString(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < FIRST_PRINTABLE) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}

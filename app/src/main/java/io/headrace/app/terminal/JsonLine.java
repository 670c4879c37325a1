package io.headrace.app.terminal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text strictly (RFC 8259): objects become maps in their order, arrays lists, strings strings, and numbers,
 * true and false a {@link Raw} with their text. Only objects and arrays nested in the outermost object stay unread, as
 * Raw too, so that they can be passed on as they were written.
 */
public final class JsonLine {

    private final String text;
    private int position;

    private JsonLine(String text) {
        this.text = text;
    }

    /** A JSON value as it was written. */
    public record Raw(String json) {

        /** Reads what is inside. */
        public Object parse() throws Malformed {
            return JsonLine.parse(json);
        }
    }

    /** Says what is wrong and at which character. */
    public static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** The value: a map, a list, a string, a {@link Raw}, or null. */
    public static Object parse(String text) throws Malformed {
        JsonLine line = new JsonLine(text);
        line.skipSpace();
        Object value = switch (line.peek()) {
            case '{' -> line.object(0);
            case '[' -> line.array(0);
            default -> line.value(0);
        };
        line.skipSpace();
        if (line.position < text.length()) {
            throw line.unexpected();
        }
        return value;
    }

    /** A value inside another. */
    private Object value(int depth) throws Malformed {
        int start = position;
        switch (peek()) {
            case '"' -> {
                return string();
            }
            case '{' -> object(depth);
            case '[' -> array(depth);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> {
                word("null");
                return null;
            }
            default -> number();
        }
        return new Raw(text.substring(start, position));
    }

    private Map<String, Object> object(int depth) throws Malformed {
        checkDepth(depth);
        Map<String, Object> fields = new LinkedHashMap<>();
        position++;
        skipSpace();
        if (peek() == '}') {
            position++;
            return fields;
        }
        do {
            skipSpace();
            if (peek() != '"') {
                throw unexpected();
            }
            String name = string();
            skipSpace();
            take(':');
            skipSpace();
            fields.put(name, value(depth + 1));
            skipSpace();
        } while (takesComma());
        take('}');
        return fields;
    }

    private List<Object> array(int depth) throws Malformed {
        checkDepth(depth);
        List<Object> elements = new ArrayList<>();
        position++;
        skipSpace();
        if (peek() == ']') {
            position++;
            return elements;
        }
        do {
            skipSpace();
            elements.add(value(depth + 1));
            skipSpace();
        } while (takesComma());
        take(']');
        return elements;
    }

    private String string() throws Malformed {
        StringBuilder string = new StringBuilder();
        position++;
        while (peek() != '"') {
            char c = peek();
            if (c < ' ') {
                throw unexpected();
            }
            position++;
            string.append(c == '\\' ? escaped() : c);
        }
        position++;
        return string.toString();
    }

    private char escaped() throws Malformed {
        char c = peek();
        int index = "\"\\/bfnrtu".indexOf(c);
        if (index < 0) {
            throw unexpected();
        }
        position++;
        return c == 'u' ? unicode() : "\"\\/\b\f\n\r\t".charAt(index);
    }

    private char unicode() throws Malformed {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw unexpected();
            }
            code = code * 16 + digit;
            position++;
        }
        return (char) code;
    }

    private void number() throws Malformed {
        if (peek() == '-') {
            position++;
        }
        if (peek() == '0') {
            position++;
        } else {
            digits();
        }
        if (peek() == '.') {
            position++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            position++;
            if (peek() == '+' || peek() == '-') {
                position++;
            }
            digits();
        }
    }

    private void digits() throws Malformed {
        if (!isDigit(peek())) {
            throw unexpected();
        }
        while (isDigit(peek())) {
            position++;
        }
    }

    private void word(String word) throws Malformed {
        if (!text.startsWith(word, position)) {
            throw unexpected();
        }
        position += word.length();
    }

    private void take(char expected) throws Malformed {
        if (peek() != expected) {
            throw unexpected();
        }
        position++;
    }

    private boolean takesComma() {
        if (peek() != ',') {
            return false;
        }
        position++;
        return true;
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    /** The next character, or 0 at the end. */
    private char peek() {
        return position < text.length() ? text.charAt(position) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void checkDepth(int depth) throws Malformed {
        if (depth == Limits.JSON_DEPTH) {
            throw new Malformed("more than " + Limits.JSON_DEPTH + " objects and arrays within each other");
        }
    }

    private Malformed unexpected() {
        if (position >= text.length()) {
            return new Malformed("it ends too early");
        }
        return new Malformed("'" + text.charAt(position) + "' is out of place at character " + (position + 1));
    }
}

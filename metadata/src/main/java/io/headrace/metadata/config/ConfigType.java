package io.headrace.metadata.config;

import java.util.ArrayList;
import java.util.List;

/** The type of a configuration value, with the code that DescribeConfigs uses for it. */
public enum ConfigType {
    BOOLEAN(1, "true or false"),
    STRING(2, "a text"),
    INT(3, "a whole number of 32 bits"),
    SHORT(4, "a whole number of 16 bits"),
    LONG(5, "a whole number of 64 bits"),
    DOUBLE(6, "a number"),
    LIST(7, "a list separated by commas"),
    CLASS(8, "the name of a class"),
    PASSWORD(9, "a text");

    private final byte code;
    private final String inWords;

    ConfigType(int code, String inWords) {
        this.code = (byte) code;
        this.inWords = inWords;
    }

    public byte code() {
        return code;
    }

    /** What a value of this type is, for people. */
    String inWords() {
        return inWords;
    }

    /** The value typed, or null if it is none of this type. Blanks around it do not count, as in Kafka. */
    ConfigValue parse(String raw) {
        String text = raw.trim();
        return switch (this) {
            case BOOLEAN -> flag(text);
            case STRING, CLASS, PASSWORD -> new ConfigValue.Text(text);
            case LIST -> new ConfigValue.Items(items(text));
            case INT, SHORT, LONG, DOUBLE -> number(text);
        };
    }

    private static ConfigValue flag(String text) {
        if (text.equalsIgnoreCase("true")) {
            return new ConfigValue.Flag(true);
        }
        return text.equalsIgnoreCase("false") ? new ConfigValue.Flag(false) : null;
    }

    private ConfigValue number(String text) {
        try {
            return switch (this) {
                case SHORT -> new ConfigValue.Whole(Short.parseShort(text));
                case INT -> new ConfigValue.Whole(Integer.parseInt(text));
                case LONG -> new ConfigValue.Whole(Long.parseLong(text));
                default -> new ConfigValue.Fraction(Double.parseDouble(text));
            };
        } catch (NumberFormatException notOfThisType) {
            return null;
        }
    }

    /** The items between the commas, without the blanks around them; none of an empty text. */
    static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        if (text.isEmpty()) {
            return items;
        }
        int from = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', from)) {
            items.add(text.substring(from, comma).trim());
            from = comma + 1;
        }
        items.add(text.substring(from).trim());
        return items;
    }
}

package io.headrace.metadata.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** The values that a key accepts, beyond its type. */
public sealed interface Validation {

    boolean admits(ConfigValue value);

    /** What is accepted, for people, of a key of that type. */
    String inWords(ConfigType type);

    /** Any value of the type. */
    record Any() implements Validation {
        @Override
        public boolean admits(ConfigValue value) {
            return true;
        }

        @Override
        public String inWords(ConfigType type) {
            return type.inWords();
        }
    }

    /** A number in the range, both ends included; an infinite end is open. {@code orElse}, if not null, is one more. */
    record Range(double least, double most, Long orElse) implements Validation {
        @Override
        public boolean admits(ConfigValue value) {
            return switch (value) {
                case ConfigValue.Whole whole ->
                    orElse != null && whole.value() == orElse || within((double) whole.value());
                case ConfigValue.Fraction fraction -> within(fraction.value());
                default -> false;
            };
        }

        private boolean within(double value) {
            return value >= least && value <= most;
        }

        @Override
        public String inWords(ConfigType type) {
            String number = (type == ConfigType.DOUBLE ? "a number" : "a whole number")
                    + (orElse == null ? "" : ", " + orElse + " or");
            if (least == most) {
                return number + ", and only " + bound(least);
            }
            if (most == Double.POSITIVE_INFINITY && type == ConfigType.LONG) {
                return number + " of at least " + bound(least) + " that fits 64 bits";
            }
            return number + " from " + bound(least) + " to " + bound(Math.min(most, largest(type)));
        }

        private static double largest(ConfigType type) {
            return switch (type) {
                case INT -> Integer.MAX_VALUE;
                case SHORT -> Short.MAX_VALUE;
                default -> Double.MAX_VALUE;
            };
        }

        private static String bound(double bound) {
            return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
        }
    }

    /** One of the words. */
    record OneOf(List<String> words, boolean ignoreCase) implements Validation {
        @Override
        public boolean admits(ConfigValue value) {
            String text = value.text();
            return words.contains(ignoreCase ? text.toUpperCase(Locale.ROOT) : text);
        }

        @Override
        public String inWords(ConfigType type) {
            return "one of " + String.join(", ", words);
        }
    }

    /** A list without duplicates and empty items: of the words or, if there are none, of anything. */
    record ListOf(List<String> words, boolean mayBeEmpty) implements Validation {
        @Override
        public boolean admits(ConfigValue value) {
            if (!(value instanceof ConfigValue.Items list)) {
                return false;
            }
            for (String item : list.values()) {
                if (item.isEmpty() || !words.isEmpty() && !words.contains(item)) {
                    return false;
                }
            }
            int items = list.values().size();
            return items == 0 ? mayBeEmpty : new LinkedHashSet<>(list.values()).size() == items;
        }

        @Override
        public String inWords(ConfigType type) {
            String of = words.isEmpty() ? "" : " of " + String.join(", ", words);
            return type.inWords() + of + ", each at most once" + (mayBeEmpty ? ", or an empty one" : "");
        }
    }

    /** A text of at least one character. */
    record NonEmpty() implements Validation {
        @Override
        public boolean admits(ConfigValue value) {
            return !value.text().isEmpty();
        }

        @Override
        public String inWords(ConfigType type) {
            return type.inWords() + " that is not empty";
        }
    }
}

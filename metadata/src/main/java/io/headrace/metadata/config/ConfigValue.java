package io.headrace.metadata.config;

import java.util.List;

/** A typed configuration value. */
public sealed interface ConfigValue {

    /** The value as DescribeConfigs shows it. */
    String text();

    record Flag(boolean value) implements ConfigValue {
        @Override
        public String text() {
            return Boolean.toString(value);
        }
    }

    /** INT, SHORT and LONG. */
    record Whole(long value) implements ConfigValue {
        @Override
        public String text() {
            return Long.toString(value);
        }
    }

    record Fraction(double value) implements ConfigValue {
        @Override
        public String text() {
            return Double.toString(value);
        }
    }

    /** STRING, CLASS and PASSWORD. */
    record Text(String value) implements ConfigValue {
        @Override
        public String text() {
            return value;
        }
    }

    record Items(List<String> values) implements ConfigValue {
        @Override
        public String text() {
            return String.join(",", values);
        }
    }
}

package io.headrace.metadata.config;

import java.util.List;

/** The values that a key accepts, beyond its type. */
public sealed interface Validation {

    /** Any value of the type. */
    record Any() implements Validation {}

    /** A number in the range, both ends included; {@code orElse} is one more value outside of it, or null. */
    record Range(double least, double most, Long orElse) implements Validation {}

    /** One of the words. */
    record OneOf(List<String> words, boolean ignoreCase) implements Validation {}

    /** A list without duplicates, of the words or, if there are none, of anything. */
    record ListOf(List<String> words, boolean mayBeEmpty) implements Validation {}

    /** A text of at least one character. */
    record NonEmpty() implements Validation {}
}

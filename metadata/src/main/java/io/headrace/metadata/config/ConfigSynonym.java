package io.headrace.metadata.config;

/** One place that gives, or would give if the places before it did not, the value of a key. {@code value} may be null. */
public record ConfigSynonym(String name, String value, ConfigSource source) {}

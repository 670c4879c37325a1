package io.headrace.metadata.config;

/** How much a key matters to somebody who reads the list for the first time. */
public enum Importance {
    HIGH,
    MEDIUM,
    LOW
}

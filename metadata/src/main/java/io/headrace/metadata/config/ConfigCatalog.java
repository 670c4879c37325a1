package io.headrace.metadata.config;

import java.util.Collection;

/** The keys of one kind of resource, by name in alphabetical order. Read from its resource file on first use; immutable. */
public final class ConfigCatalog {

    private ConfigCatalog() {}

    /** The keys of a topic. */
    public static ConfigCatalog topics() {
        throw new UnsupportedOperationException("being written");
    }

    /** The keys of a broker, {@code acks.all} included. */
    public static ConfigCatalog brokers() {
        throw new UnsupportedOperationException("being written");
    }

    /** The key of that name, or null. */
    public ConfigKey key(String name) {
        throw new UnsupportedOperationException("being written");
    }

    public Collection<ConfigKey> keys() {
        throw new UnsupportedOperationException("being written");
    }
}

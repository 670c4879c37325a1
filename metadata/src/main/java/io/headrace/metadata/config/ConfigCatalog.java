package io.headrace.metadata.config;

import java.util.Collection;
import java.util.Collections;
import java.util.SequencedMap;

/**
 * The keys of one kind of resource, in alphabetical order. Read from its resource file on first use, by whichever thread
 * comes first, and immutable from then on.
 */
public final class ConfigCatalog {

    private final SequencedMap<String, ConfigKey> keys;

    private ConfigCatalog(SequencedMap<String, ConfigKey> keys) {
        this.keys = keys;
    }

    /** The keys of a topic. */
    public static ConfigCatalog topics() {
        return Topics.CATALOG;
    }

    /** The keys of a broker, Headrace's own included. */
    public static ConfigCatalog brokers() {
        return Brokers.CATALOG;
    }

    /** The keys of a group. */
    public static ConfigCatalog groups() {
        return Groups.CATALOG;
    }

    /** The key of that name, or null. */
    public ConfigKey key(String name) {
        return keys.get(name);
    }

    public Collection<ConfigKey> keys() {
        return Collections.unmodifiableCollection(keys.values());
    }

    /** One line for somebody who wrote a name that is no key, with the nearest one if it is near enough to be meant. */
    String unknown(String name) {
        String nearest = null;
        int nearestDistance = Math.min(Limits.TYPING_ERRORS, name.length() / 3) + 1;
        for (String candidate : keys.keySet()) {
            int distance = EditDistance.between(name, candidate, nearestDistance);
            if (distance < nearestDistance) {
                nearest = candidate;
                nearestDistance = distance;
            }
        }
        return name + " is no configuration key" + (nearest == null ? "." : "; did you mean " + nearest + "?");
    }

    /** Class initialization is what makes the reading lazy, and happen once. */
    private static final class Topics {
        static final ConfigCatalog CATALOG = new ConfigCatalog(CatalogFile.read("topic-configs.tsv"));
    }

    private static final class Groups {
        static final ConfigCatalog CATALOG = new ConfigCatalog(CatalogFile.read("group-configs.tsv"));
    }

    private static final class Brokers {
        static final ConfigCatalog CATALOG = new ConfigCatalog(CatalogFile.read("broker-configs.tsv"));
    }
}

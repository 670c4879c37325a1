package io.headrace.metadata.config;

import java.util.List;

/**
 * A key with the value that holds, where it comes from, and all the places that have a value for it, the one that holds
 * first. A sensitive key's values are null.
 */
public record ResolvedConfig(ConfigKey key, String value, ConfigSource source, List<ConfigSynonym> synonyms) {}

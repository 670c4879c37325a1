package io.headrace.metadata.config;

import java.util.List;

/**
 * One configuration key. {@code defaultValue} is null if there is none. {@code synonyms} are, for a topic's key, the
 * broker keys that give its default, first found wins; for a broker's key, the names of the same setting in their order,
 * itself included. {@code documentation} is one sentence.
 */
public record ConfigKey(
        String name,
        ConfigType type,
        String defaultValue,
        Validation validation,
        Importance importance,
        ConfigScope scope,
        Support support,
        List<String> synonyms,
        String documentation) {

    /** Its value is a secret: shown to nobody. */
    public boolean sensitive() {
        return type == ConfigType.PASSWORD;
    }

    public boolean honoured() {
        return support instanceof Support.Honoured;
    }

    /** No request can change it: it is fixed, or only the configuration file sets it. */
    public boolean readOnly() {
        return scope == ConfigScope.READ_ONLY || !honoured();
    }

    /** The documentation, and if the key is fixed, why. */
    public String description() {
        return support instanceof Support.Fixed fixed ? documentation + " Fixed at its default: " + fixed.why() + "." : documentation;
    }

    /** Judges a value: type, range, and whether it is honoured here. Null is the absence of a value. */
    public Verdict check(String value) {
        throw new UnsupportedOperationException("being written");
    }
}

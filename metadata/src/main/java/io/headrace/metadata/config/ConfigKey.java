package io.headrace.metadata.config;

import java.util.List;

/**
 * One configuration key. {@code defaultValue} is null if there is none. {@code synonyms} are, for a topic's key, the
 * broker keys that give its default, the first that is set wins; for a broker's key, the keys of the same setting in that
 * order, itself included. {@code documentation} is one sentence.
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

    public boolean ignored() {
        return support instanceof Support.Ignored;
    }

    /** No request can change it: it is fixed or ignored, or only the configuration file sets it. */
    public boolean readOnly() {
        return scope == ConfigScope.READ_ONLY || !honoured();
    }

    /** The documentation with, where there is one, the note about its support. */
    public String description() {
        String note = support.note() == null ? "" : " " + support.note();
        return switch (support) {
            case Support.Honoured _ -> documentation + note;
            case Support.Fixed _ -> documentation + " Cannot be changed:" + lowerFirst(note);
            case Support.Ignored _ -> documentation + " Has no effect:" + lowerFirst(note);
        };
    }

    private static String lowerFirst(String note) {
        return " " + Character.toLowerCase(note.charAt(1)) + note.substring(2);
    }

    /** Judges a value: its type, its range, and whether it is honoured here. */
    public Verdict check(String value) {
        if (value == null) {
            return refused("null", "a value is needed");
        }
        ConfigValue typed = type.parse(value);
        if (support instanceof Support.Fixed) {
            boolean isDefault = typed != null && typed.text().equals(defaultValue);
            return isDefault ? new Verdict.Accepted(typed) : refused(value, fixedInWords());
        }
        if (typed == null || !validation.admits(typed)) {
            return refused(value, "it takes " + validation.inWords(type));
        }
        return new Verdict.Accepted(typed);
    }

    private String fixedInWords() {
        if (defaultValue == null || sensitive()) {
            return "it cannot be set";
        }
        return defaultValue.isEmpty() ? "it is fixed as empty" : "it is fixed at " + defaultValue;
    }

    private Verdict refused(String value, String why) {
        String shown = sensitive() ? name : name + "=" + value;
        String note = support.note() == null ? "." : ". " + support.note();
        return new Verdict.Refused(shown + " is refused: " + why + note);
    }

    /** A value that was set, as DescribeConfigs shows it. */
    String shown(String value) {
        if (value == null || sensitive()) {
            return null;
        }
        ConfigValue typed = type.parse(value);
        return typed == null ? value : typed.text();
    }
}

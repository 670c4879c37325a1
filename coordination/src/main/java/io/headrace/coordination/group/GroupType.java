package io.headrace.coordination.group;

/** The kinds of groups, under the names that ListGroups gives and takes. */
public enum GroupType {
    CLASSIC("classic"),
    CONSUMER("consumer");

    private final String wireName;

    GroupType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}

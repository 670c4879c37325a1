package io.headrace.metadata;

/** What a topic may be called, and which names the broker uses itself. */
public final class TopicNames {

    public static final String CONSUMER_OFFSETS = "__consumer_offsets";
    public static final String TRANSACTION_STATE = "__transaction_state";
    public static final String SHARE_GROUP_STATE = "__share_group_state";
    public static final String CLUSTER_METADATA = "__cluster_metadata";

    private TopicNames() {}

    /** A topic of the coordinators. The metadata's own log is not among them: no client ever sees it. */
    public static boolean isInternal(String name) {
        return name.equals(CONSUMER_OFFSETS) || name.equals(TRANSACTION_STATE) || name.equals(SHARE_GROUP_STATE);
    }

    /** What is wrong with a name, for the person who chose it; null if nothing is. */
    public static String refusal(String name) {
        if (name.isEmpty()) {
            return "The topic name is empty.";
        }
        if (name.equals(".") || name.equals("..")) {
            return "A topic cannot be named '" + name + "'.";
        }
        if (name.length() > Limits.TOPIC_NAME_CHARS) {
            return "The topic name has " + name.length() + " characters; at most " + Limits.TOPIC_NAME_CHARS
                    + " are possible.";
        }
        for (int i = 0; i < name.length(); i++) {
            if (!allowed(name.charAt(i))) {
                return "The topic name '" + name
                        + "' is not possible: only ASCII letters, digits, '.', '_' and '-' are allowed.";
            }
        }
        return null;
    }

    /** Names that have the same collision key cannot exist side by side: metrics write '.' as '_'. */
    static String collisionKey(String name) {
        return name.replace('.', '_');
    }

    static boolean canCollide(String name) {
        return name.indexOf('.') >= 0 || name.indexOf('_') >= 0;
    }

    private static boolean allowed(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }
}

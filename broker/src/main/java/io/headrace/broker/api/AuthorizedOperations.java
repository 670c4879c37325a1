package io.headrace.broker.api;

/**
 * The operations that a client may do, as the bit field of KIP-430: the bit n is the operation with the code n. Everybody
 * may do everything while there are no ACLs.
 */
final class AuthorizedOperations {

    /** What the protocol says where nobody asked. */
    static final int NOT_ASKED = Integer.MIN_VALUE;

    private static final int READ = 1 << 3;
    private static final int WRITE = 1 << 4;
    private static final int CREATE = 1 << 5;
    private static final int DELETE = 1 << 6;
    private static final int ALTER = 1 << 7;
    private static final int DESCRIBE = 1 << 8;
    private static final int CLUSTER_ACTION = 1 << 9;
    private static final int DESCRIBE_CONFIGS = 1 << 10;
    private static final int ALTER_CONFIGS = 1 << 11;
    private static final int IDEMPOTENT_WRITE = 1 << 12;

    private static final int TOPIC =
            READ | WRITE | CREATE | DELETE | ALTER | DESCRIBE | DESCRIBE_CONFIGS | ALTER_CONFIGS;
    private static final int CLUSTER =
            CREATE | ALTER | DESCRIBE | CLUSTER_ACTION | DESCRIBE_CONFIGS | ALTER_CONFIGS | IDEMPOTENT_WRITE;
    private static final int GROUP = READ | DELETE | DESCRIBE | DESCRIBE_CONFIGS | ALTER_CONFIGS;

    private AuthorizedOperations() {}

    static int onTopic(boolean asked) {
        return asked ? TOPIC : NOT_ASKED;
    }

    static int onGroup(boolean asked) {
        return asked ? GROUP : NOT_ASKED;
    }

    static int onCluster(boolean asked) {
        return asked ? CLUSTER : NOT_ASKED;
    }
}

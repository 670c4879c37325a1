package io.headrace.coordination.group.consumer;

/**
 * How far a member is on its way to its target.
 *
 * <pre>
 * STABLE ── the target takes something away ──► UNREVOKED_PARTITIONS
 *    ▲  └── the target gives what others hold ──► UNRELEASED_PARTITIONS
 *    │                                               ▲      │
 *    ├── everything was free ◄── revoked ────────────┘      │
 *    └───────────── the others have let go ◄────────────────┘
 * </pre>
 */
public enum MemberState {
    /** Has all that the target of its epoch gives it. */
    STABLE(0),

    /** Has been told to revoke partitions, and has not said yet that it did. It stays in its epoch until then. */
    UNREVOKED_PARTITIONS(1),

    /** Is in the epoch of the target, and waits for partitions that others have not released. */
    UNRELEASED_PARTITIONS(2),

    /** Written by a later release. Such a member has to begin anew. */
    UNKNOWN(127);

    private final byte code;

    MemberState(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    static MemberState of(byte code) {
        for (MemberState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        return UNKNOWN;
    }
}

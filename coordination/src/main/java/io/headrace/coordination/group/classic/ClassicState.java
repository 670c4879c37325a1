package io.headrace.coordination.group.classic;

/**
 * Where a classic group stands.
 *
 * <pre>
 *              a member joins                all joined, or time is up            the leader's sync
 *   EMPTY ---------------------&gt; PREPARING -------------------------&gt; COMPLETING ------------------&gt; STABLE
 *     ^                           |   ^  ^                               |                             |
 *     +---------------------------+   |  +-------------------------------+                             |
 *          nobody is left             +----------------------------------------------------------------+
 *                                         a member joins, leaves, fails or has other protocols
 * </pre>
 *
 * COMPLETING and PREPARING are never durable: a group that is loaded is EMPTY or STABLE.
 */
enum ClassicState {
    EMPTY("Empty"),
    PREPARING("PreparingRebalance"),
    COMPLETING("CompletingRebalance"),
    STABLE("Stable");

    private final String wireName;

    ClassicState(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}

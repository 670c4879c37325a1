/**
 * The classic group protocol: members join, one of them assigns, all of them heartbeat.
 *
 * <p>{@link io.headrace.coordination.group.classic.ClassicProtocol} takes the requests to one class each:
 * {@code JoinGroup}, {@code SyncGroup}, {@code ClassicHeartbeat}, {@code LeaveGroup}. What they have in common, the way from one
 * generation to the next, is {@code Rebalance}. A {@link io.headrace.coordination.group.classic.ClassicGroup} knows its
 * members, its generation and who may commit.
 */
package io.headrace.coordination.group.classic;

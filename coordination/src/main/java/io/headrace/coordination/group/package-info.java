/**
 * The coordinator of groups: {@link io.headrace.coordination.group.GroupEvent}s come in;
 * {@link io.headrace.coordination.group.Groups} holds what is known of each {@link io.headrace.coordination.group.Group},
 * whatever its protocol.
 */
package io.headrace.coordination.group;

/**
 * Committed offsets. {@link io.headrace.coordination.group.offsets.OffsetStore} holds what the records say; one class each
 * commits, fetches and deletes on request, and {@link io.headrace.coordination.group.offsets.OffsetUpkeep} removes what
 * nobody needs any more.
 */
package io.headrace.coordination.group.offsets;

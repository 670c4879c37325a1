package io.headrace.coordination;

import io.headrace.ports.Randomness;

/**
 * What a decision depends on beside the coordinator's own state.
 *
 * @param monotonicMs now, for deadlines
 * @param wallMs now, for timestamps and retention, since the Unix epoch
 * @param stepBytes of records that a request may lead to; a batch holds one step. What nobody has asked for is written anyway,
 *     since it has to be: it follows from what was let in
 * @param ids where member ids come from
 * @param topics as of the newest published metadata image
 */
public record CoordinatorEnv(long monotonicMs, long wallMs, long stepBytes, Randomness ids, TopicView topics) {}

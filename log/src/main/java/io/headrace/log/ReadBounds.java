package io.headrace.log;

/**
 * What a reader asks of a log.
 *
 * @param fetchOffset the slice begins with the batch that holds it
 * @param maxBytes the slice is no longer, save for a first batch that is
 * @param atLeastOneBatch the first batch is wanted however long it is
 * @param upToOffset no batch of the slice reaches past it
 * @param committed the reader leaves out aborted transactions, and has to know them
 */
record ReadBounds(long fetchOffset, int maxBytes, boolean atLeastOneBatch, long upToOffset, boolean committed) {}

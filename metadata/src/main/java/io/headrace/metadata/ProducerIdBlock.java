package io.headrace.metadata;

/** Producer ids that nobody else will be given: {@code first} and the {@code count - 1} after it. */
public record ProducerIdBlock(long first, int count) {}

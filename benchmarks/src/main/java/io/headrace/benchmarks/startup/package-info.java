/**
 * Start-up and idleness of the shipped jar, as its users meet them: {@code ./dev bench startup}, {@code ./dev bench
 * embedded} and {@code ./dev bench partitions}. {@code docs/performance.md} holds the figures beside what is promised.
 *
 * <p>{@link io.headrace.benchmarks.load.RecordProbe} says when a broker is up: when a record has been produced and
 * consumed.
 */
package io.headrace.benchmarks.startup;

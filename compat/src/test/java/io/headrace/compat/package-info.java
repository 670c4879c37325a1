/**
 * Unmodified clients against the shipped jar as a process.
 *
 * <p>Most classes share one broker among their tests, which {@link io.headrace.compat.TestServer} starts and ends; each test
 * has topics of its own. What they expect is what Apache Kafka does: {@code -Dheadrace.server=kafka} runs the same tests
 * against it, but for the few that ask about Headrace alone.
 */
package io.headrace.compat;

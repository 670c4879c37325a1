/**
 * Headrace beside Apache Kafka: {@code ./dev bench}, {@code ./dev bench SCENARIO...}, {@code ./dev bench --quick}.
 *
 * <p>A {@link io.headrace.benchmarks.sidebyside.Scenario} is a load and what is measured under it;
 * {@link io.headrace.benchmarks.sidebyside.Comparison} runs it on both in turn and marks what other work on the machine
 * spoilt; {@link io.headrace.benchmarks.sidebyside.Report} holds the ratios against the
 * {@link io.headrace.benchmarks.sidebyside.Goal}s. CPU is the broker's alone, user and kernel, without what the kernel does
 * later to bring the page cache to the disk. {@code docs/performance.md} holds the outcome.
 */
package io.headrace.benchmarks.sidebyside;

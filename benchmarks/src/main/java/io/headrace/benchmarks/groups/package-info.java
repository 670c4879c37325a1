/**
 * What consumer groups cost and how long they keep their members waiting: {@code ./dev bench groups}.
 *
 * <p>{@link io.headrace.benchmarks.groups.GroupsBench} starts the servers; {@link io.headrace.benchmarks.groups.Restore}
 * measures what a broker with many groups does before it knows them again, and
 * {@link io.headrace.benchmarks.groups.Settling} how long members of the Java client, with its default settings, take to
 * share out the partitions.
 */
package io.headrace.benchmarks.groups;

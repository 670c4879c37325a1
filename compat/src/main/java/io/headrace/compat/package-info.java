/**
 * Servers as processes, and a client that knows only the wire: what the tests of this module and the benchmarks stand on.
 *
 * <p>{@link io.headrace.compat.ServerProcess} is a server with its data directory: it can be stopped, killed and started
 * again. There are two of them, {@link io.headrace.compat.BrokerProcess} (headrace.jar, as the launcher starts it) and
 * {@link io.headrace.compat.KafkaProcess} (Apache Kafka, one node), so that what a test asks of one can be asked of the
 * other. {@link io.headrace.compat.RawClient} sends single requests, sound and unsound, and shows what comes back.
 */
package io.headrace.compat;

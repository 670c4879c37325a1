/**
 * The load that measurements put on a broker, by clients that know only the wire and cost little, so that most of the
 * machine is the broker's: {@link io.headrace.benchmarks.load.LoadClient} for many requests at a pace or as fast as they
 * go, {@link io.headrace.benchmarks.load.RecordProbe} for the way of a single record.
 */
package io.headrace.benchmarks.load;

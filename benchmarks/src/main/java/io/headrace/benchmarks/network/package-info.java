/**
 * What the network side of a real broker costs: {@code ./dev bench network}.
 *
 * <p>{@link io.headrace.benchmarks.network.NetworkBench} starts the jar and lets one scenario after another loose on it:
 * {@link io.headrace.benchmarks.network.PacedRecords}, {@link io.headrace.benchmarks.network.LargeFrames},
 * {@link io.headrace.benchmarks.network.StalledReaders} and {@link io.headrace.benchmarks.network.ColdFetches}. The load
 * comes from {@link io.headrace.benchmarks.load.LoadClient}, which sends prepared frames and looks at no more of the
 * answers than their length, so that the machine is the broker's; that everything was written is checked afterwards.
 * {@code docs/decisions/001-threading.md} holds the figures.
 */
package io.headrace.benchmarks.network;

/**
 * The hot inner parts one by one, under JMH: {@code ./dev bench micro}. What a produce and a fetch do on their shard between the
 * socket and the file: {@link io.headrace.benchmarks.micro.DecodeProduce},
 * {@link io.headrace.benchmarks.micro.ValidateBatch}, {@link io.headrace.benchmarks.micro.FindOffset},
 * {@link io.headrace.benchmarks.micro.AssembleFetch}. {@link io.headrace.benchmarks.micro.MicroBench} runs them.
 */
package io.headrace.benchmarks.micro;

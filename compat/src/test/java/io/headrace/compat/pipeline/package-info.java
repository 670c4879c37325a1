/**
 * An application that consumes, transforms and produces in transactions, as several processes, while they and the broker are
 * killed: {@link io.headrace.compat.pipeline.Worker} is such a process, {@link io.headrace.compat.pipeline.Crew} all of them,
 * {@link io.headrace.compat.pipeline.Source} and {@link io.headrace.compat.pipeline.Sink} what goes in and what comes out, and
 * {@link io.headrace.compat.pipeline.ExactlyOnce} judges the two.
 */
package io.headrace.compat.pipeline;

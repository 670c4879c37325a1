/**
 * What the cluster consists of: topics, partitions, configurations, producer ids, brokers. A request of a client becomes
 * a {@link io.headrace.metadata.ControllerEvent}; {@link io.headrace.metadata.ActiveController} has the
 * {@link io.headrace.metadata.Controller} decide on it, appends the records of the
 * {@link io.headrace.metadata.Decision} to the {@link io.headrace.metadata.MetadataLog}, and when they are committed
 * publishes the next {@link io.headrace.metadata.MetadataImage} and answers.
 */
package io.headrace.metadata;

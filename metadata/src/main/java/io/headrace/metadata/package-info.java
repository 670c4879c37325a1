/**
 * What the cluster consists of: topics, partitions, configurations, producer ids, brokers.
 *
 * <p>A request of a client becomes a {@link io.headrace.metadata.ControllerEvent}.
 * {@link io.headrace.metadata.ActiveController} has the {@link io.headrace.metadata.Controller} decide on it, appends the
 * records of the {@link io.headrace.metadata.Decision} to the {@link io.headrace.metadata.MetadataLog}, and when they are
 * committed publishes the next {@link io.headrace.metadata.MetadataImage} and answers. How each request is decided stands
 * in a class of its own: {@link io.headrace.metadata.TopicCreation}, {@link io.headrace.metadata.TopicDeletion},
 * {@link io.headrace.metadata.PartitionCreation}, {@link io.headrace.metadata.IncrementalAlteration},
 * {@link io.headrace.metadata.WholesaleAlteration}.
 *
 * <p>Records become an image through a {@link io.headrace.metadata.MetadataDelta}, live and on loading, and an image
 * becomes records again ({@link io.headrace.metadata.ImageRecords}) for a snapshot. On one node the log is
 * {@link io.headrace.metadata.LocalMetadataLog}: {@link io.headrace.metadata.MetadataLoader} reads what the last run left,
 * {@link io.headrace.metadata.OpenMetadataLog} appends, flushes and takes snapshots. All of it is in Kafka's formats.
 */
package io.headrace.metadata;

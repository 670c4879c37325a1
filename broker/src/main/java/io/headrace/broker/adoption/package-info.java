/**
 * Makes a data directory out of one that Apache Kafka left, on a thread that may wait and while no broker runs.
 * {@link io.headrace.broker.adoption.Adoption} goes through the steps: {@code KafkaDirectory} and {@code KraftLog} read,
 * {@code KafkaPartitions} finds what is taken along, {@code Move} brings it over, {@code CoordinatorTopics} counts groups and
 * aborts transactions, {@code MetadataLogOfImage} writes the metadata and {@code LogOffsets} the checkpoints. Until the last step a directory in the target
 * says that it is not whole.
 */
package io.headrace.broker.adoption;

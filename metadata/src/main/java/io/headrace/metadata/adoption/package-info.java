/**
 * The metadata of an Apache Kafka, taken over. {@link io.headrace.metadata.adoption.KraftMetadata} takes the records of its log
 * and its snapshots, {@link io.headrace.metadata.adoption.AdoptedMetadata} says whether they describe a single node that we can
 * be, makes the image that we begin with, and names what is left behind.
 */
package io.headrace.metadata.adoption;

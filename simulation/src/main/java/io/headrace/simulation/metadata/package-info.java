/**
 * The proof over the metadata log: {@link io.headrace.simulation.metadata.MetadataSimulation} lets administrators change
 * topics and configurations, and {@link io.headrace.simulation.metadata.MetadataHistory} knows every image that a start may
 * find.
 */
package io.headrace.simulation.metadata;

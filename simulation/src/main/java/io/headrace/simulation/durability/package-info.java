/**
 * The proof over the partition log and its leader. {@link io.headrace.simulation.durability.DurabilitySimulation} lets
 * {@link io.headrace.simulation.durability.Producer producers} and {@link io.headrace.simulation.durability.Consumer
 * consumers} work with one {@link io.headrace.simulation.durability.Broker} life after another;
 * {@link io.headrace.simulation.durability.PartitionHistory} remembers what they were told, and an
 * {@link io.headrace.simulation.durability.Audit} reads what is really there.
 */
package io.headrace.simulation.durability;

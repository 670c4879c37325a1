/**
 * The doors of the pure modules. The log, the metadata and the replication logic never touch a file, a clock or a
 * thread themselves: they ask for a {@link io.headrace.ports.Disk}, a {@link io.headrace.ports.Time}, a
 * {@link io.headrace.ports.Randomness} and {@link io.headrace.ports.DiskWork}, which the runtime implements with the
 * machine and the simulation with a seed.
 */
package io.headrace.ports;

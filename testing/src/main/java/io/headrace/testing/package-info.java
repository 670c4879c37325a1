/**
 * Stand-ins for the doors in {@link io.headrace.ports}, for the tests of the modules above. {@link
 * io.headrace.testing.MemoryDisk} fails and loses what it is told to; {@link io.headrace.testing.FileDisk} writes real files,
 * which Kafka can read; {@link io.headrace.testing.ForwardingDisk} is for a disk that differs from another in one respect;
 * {@link io.headrace.testing.SetTime} stands still.
 */
package io.headrace.testing;

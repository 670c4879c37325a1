/**
 * What a produce is made of. {@link io.headrace.broker.produce.ProduceApi} cuts a request into {@code ProducePart}s, one for each
 * partition; a {@code PartAppend} takes each through its partition, on the shard that owns it, with what the coordinator of its
 * transaction says; and when {@code Placing} has seen all of them placed, the next produce of the connection is let in.
 */
package io.headrace.broker.produce;

/** Kafka Connect and MirrorMaker 2, as they are published, on the broker. */
package io.headrace.compat.connect;

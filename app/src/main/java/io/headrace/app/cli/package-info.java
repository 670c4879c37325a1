/**
 * The commands, one class each, for picocli. {@link io.headrace.app.cli.CommandLineTools} puts them together and turns
 * what goes wrong into one line and an exit code; {@link io.headrace.app.cli.ClusterOptions} are the flags of those that
 * talk to a cluster, by the public client API only, so that any cluster of the protocol will do.
 */
package io.headrace.app.cli;

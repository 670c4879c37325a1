/**
 * {@code headrace start}: {@link io.headrace.app.server.PlainStart} reads the usual command lines without a library,
 * {@link io.headrace.app.server.BrokerSettings} lays file and flags over each other and has them judged, and
 * {@link io.headrace.app.server.Server} runs the broker until a signal comes. No class of this package may load picocli,
 * a regular expression or a stream on its way to a running broker.
 */
package io.headrace.app.server;

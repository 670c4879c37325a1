/**
 * Speaking to a person or a pipe: {@link io.headrace.app.terminal.Terminal} is the three streams of a command,
 * {@link io.headrace.app.terminal.Table} lines columns up, {@link io.headrace.app.terminal.JsonText} writes and
 * {@link io.headrace.app.terminal.JsonLine} reads JSON, {@link io.headrace.app.terminal.Progress} keeps one line moving.
 */
package io.headrace.app.terminal;

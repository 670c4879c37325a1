/**
 * Kafka's own command line tools against Headrace and against Apache Kafka: {@link io.headrace.compat.tools.ToolsTest}
 * runs the lines of {@code command-lines.txt} on both and compares exit code and output.
 */
package io.headrace.compat.tools;

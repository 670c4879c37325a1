/**
 * The same questions to Headrace and to Apache Kafka, and what differs between their answers.
 *
 * <p>A {@link io.headrace.compat.differential.Chapter} asks about one matter. Each {@link
 * io.headrace.compat.differential.Question} is put through the {@link io.headrace.compat.differential.Interview} to both
 * servers, each a {@link io.headrace.compat.differential.Witness}; the answers are brought into a {@link
 * io.headrace.compat.differential.NormalForm} and go through a {@link io.headrace.compat.differential.Comparison}. What
 * remains is a {@link io.headrace.compat.differential.Difference}, to be mended, or written down with its reason in {@code
 * allowed-differences.txt}.
 */
package io.headrace.compat.differential;

/**
 * Measurements behind the decisions and promises, each run by its name: {@code ./dev bench flush}.
 *
 * <p>They are run on machines that do other things too. So every one measures its variants in many short rounds, in a
 * changing order, and says the median and the quartiles of the rounds; and beside the time by the clock it says the CPU
 * time of the process that is measured.
 */
package io.headrace.benchmarks;

/**
 * The proof that nothing acknowledged is lost. {@link io.headrace.simulation.SimulatedDisk} is a disk that forgets all
 * that it may, {@link io.headrace.simulation.SimulatedDiskWork} runs disk tasks in every order that a seed can choose, and
 * {@link io.headrace.simulation.VirtualTime} passes as fast as it is asked to. Together they are a
 * {@link io.headrace.simulation.SimulatedMachine}, on which a {@link io.headrace.simulation.Scenario} lets a core of the
 * broker work, cuts the power, and compares what is left with what was promised. A seed and a commit replay a run.
 */
package io.headrace.simulation;

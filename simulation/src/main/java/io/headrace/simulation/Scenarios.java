package io.headrace.simulation;

import io.headrace.simulation.durability.DurabilitySimulation;
import io.headrace.simulation.metadata.MetadataSimulation;
import java.util.List;
import java.util.function.Supplier;

/** What is played when nothing else is asked for. A scenario keeps what happened to it, so each seed gets a new one. */
final class Scenarios {

    static final List<Supplier<Scenario>> HONEST = List.of(DurabilitySimulation::new, MetadataSimulation::new);

    private Scenarios() {}
}

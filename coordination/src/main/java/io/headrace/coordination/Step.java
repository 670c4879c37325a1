package io.headrace.coordination;

import java.util.List;

/**
 * What a coordinator decided.
 *
 * @param records one batch, all or none; the coordinator has applied them already
 * @param origin in whose name the batch is to be written
 * @param effects in the order in which they are to happen
 */
public record Step(List<CoordinatorRecord> records, Origin origin, List<Effect> effects) {

    public Step {
        records = List.copyOf(records);
        effects = List.copyOf(effects);
    }

    public static Step nothing() {
        return new Step(List.of(), Origin.NONE, List.of());
    }
}

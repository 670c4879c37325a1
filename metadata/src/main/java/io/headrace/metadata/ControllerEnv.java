package io.headrace.metadata;

import io.headrace.ports.Randomness;
import org.apache.kafka.common.Uuid;

/**
 * What a decision depends on beside the image.
 *
 * @param ids where ids come from
 */
public record ControllerEnv(ControllerSettings settings, Randomness ids) {

    /** An id that nobody has yet: a random UUID, and none of those that Kafka keeps for itself. */
    Uuid newId() {
        return Ids.random(ids);
    }
}

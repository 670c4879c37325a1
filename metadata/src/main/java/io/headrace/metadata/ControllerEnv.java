package io.headrace.metadata;

import io.headrace.metadata.config.ConfigLayers;
import io.headrace.ports.Randomness;

/**
 * What a decision depends on beside the image.
 *
 * @param config the configuration file of the broker that the controller runs in
 * @param ids where ids come from
 */
public record ControllerEnv(ConfigLayers config, Randomness ids) {}

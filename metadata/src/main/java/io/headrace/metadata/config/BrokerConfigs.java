package io.headrace.metadata.config;

import java.util.List;
import java.util.Map;

/** The configuration of a broker, place over place. */
public final class BrokerConfigs {

    private BrokerConfigs() {}

    /**
     * What is wrong with these values being set at run time, for one broker or ({@code forAll}) for all; null if nothing
     * is. To be answered with INVALID_CONFIG.
     */
    public static String refusal(Map<String, String> values, boolean forAll) {
        throw new UnsupportedOperationException("being written");
    }

    /** Everything that is wrong with a configuration file, one line each; empty if nothing is. */
    public static List<String> refusals(Map<String, String> file) {
        throw new UnsupportedOperationException("being written");
    }

    /** Every key of this broker, in alphabetical order. */
    public static List<ResolvedConfig> describe(ConfigLayers broker) {
        throw new UnsupportedOperationException("being written");
    }

    /** What has been set for all brokers at run time (the broker resource with the empty name). */
    public static List<ResolvedConfig> describeForAll(ConfigLayers broker) {
        throw new UnsupportedOperationException("being written");
    }

    public static ResolvedConfig resolve(ConfigKey key, ConfigLayers broker) {
        throw new UnsupportedOperationException("being written");
    }
}

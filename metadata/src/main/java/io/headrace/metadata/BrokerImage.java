package io.headrace.metadata;

import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * A registered broker.
 *
 * @param epoch offset of the record that registered it; grows with every registration
 * @param incarnation one for each start that changed the registration
 * @param rack null if it is in none
 * @param logDirectories ids of its log directories
 * @param fenced not to be given partitions nor shown to clients
 */
public record BrokerImage(
        int id,
        long epoch,
        Uuid incarnation,
        List<Endpoint> endpoints,
        String rack,
        List<Uuid> logDirectories,
        boolean fenced) {

    /** The endpoint of a listener, or null. */
    public Endpoint endpoint(String listener) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.listener().equals(listener)) {
                return endpoint;
            }
        }
        return null;
    }
}

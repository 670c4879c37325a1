package io.headrace.metadata;

import java.util.List;
import org.apache.kafka.common.Uuid;

/** What a broker says of itself when it starts. {@code rack} may be null. */
public record BrokerRegistration(int brokerId, List<Endpoint> endpoints, String rack, List<Uuid> logDirectories) {}

package io.headrace.metadata.adoption;

import org.apache.kafka.common.Uuid;

/**
 * What an adoption is about.
 *
 * @param clusterId from meta.properties, as are the node and the directory
 * @param dropSecurity ACLs and credentials may be left behind
 */
public record AdoptionTerms(String clusterId, int nodeId, Uuid directoryId, boolean dropSecurity) {}

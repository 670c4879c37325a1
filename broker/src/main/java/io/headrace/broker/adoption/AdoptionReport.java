package io.headrace.broker.adoption;

import io.headrace.coordination.group.GroupCensus;
import java.util.List;
import java.util.Map;

/**
 * What an adoption found and did.
 *
 * @param cleanlyStopped Kafka had closed its logs
 * @param bytes of all files that were taken along
 * @param groups by kind; nothing if it was only looked
 * @param aborted transactional ids whose transaction nobody had decided about, and that is aborted now
 * @param decided those whose transaction the first start completes
 * @param leftBehind what was not taken along, one line each
 */
public record AdoptionReport(
        int nodeId,
        String clusterId,
        boolean cleanlyStopped,
        int topics,
        int partitions,
        long bytes,
        Map<GroupCensus.Kind, Integer> groups,
        List<String> aborted,
        List<String> decided,
        List<String> leftBehind) {}

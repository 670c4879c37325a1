package io.headrace.coordination.group.consumer;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Who may be using each partition: the member that has it assigned, or has not finished revoking it. At most one member
 * holds a partition; who is given it next has to wait.
 */
final class PartitionHolders {

    private final Map<TopicIdPartition, String> memberIds = new HashMap<>();

    boolean isHeldByAnother(TopicIdPartition partition, String memberId) {
        String holder = memberIds.get(partition);
        return holder != null && !holder.equals(memberId);
    }

    void replace(String memberId, CurrentAssignment before, CurrentAssignment after) {
        release(memberId, before.assigned().keySet());
        release(memberId, before.revoking().keySet());
        after.assigned().keySet().forEach(partition -> memberIds.put(partition, memberId));
        after.revoking().keySet().forEach(partition -> memberIds.put(partition, memberId));
    }

    private void release(String memberId, Collection<TopicIdPartition> partitions) {
        partitions.forEach(partition -> memberIds.remove(partition, memberId));
    }
}

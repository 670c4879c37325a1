package io.headrace.metadata;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.PartitionRecord;

/**
 * Says on which brokers new partitions lie: on those that were asked for, or on the live ones in turn, from a random one
 * on. Made for one request.
 */
final class Placement {

    private final MetadataImage image;
    private final List<Integer> live = new ArrayList<>();
    private int turn;

    Placement(MetadataImage image, ControllerEnv env) {
        this.image = image;
        for (BrokerImage broker : image.brokers().values()) {
            if (!broker.fenced()) {
                live.add(broker.id());
            }
        }
        this.turn = live.size() < 2 ? 0 : (int) Math.floorMod(env.ids().nextLong(), (long) live.size());
    }

    /** Why so many replicas cannot be had; null if they can. */
    Refusal refusal(int replicas) {
        if (replicas <= live.size()) {
            return null;
        }
        return new Refusal(
                ErrorCode.INVALID_REPLICATION_FACTOR,
                "A replication factor of " + replicas + " needs as many brokers, and the cluster has " + live.size()
                        + ".");
    }

    /** The replicas of the next partition, as many as {@link #refusal} had nothing against. */
    List<Integer> next(int replicas) {
        List<Integer> chosen = new ArrayList<>(replicas);
        for (int i = 0; i < replicas; i++) {
            chosen.add(live.get((turn + i) % live.size()));
        }
        turn = (turn + 1) % live.size();
        return chosen;
    }

    /**
     * Why a partition cannot lie on the brokers that were asked for; null if it can.
     *
     * @param expected how many replicas the partitions before have, 0 if this is the first
     */
    Refusal refusal(List<Integer> asked, int expected) {
        String fault = fault(asked, expected);
        return fault == null ? null : new Refusal(ErrorCode.INVALID_REPLICA_ASSIGNMENT, fault);
    }

    private String fault(List<Integer> asked, int expected) {
        if (asked.isEmpty()) {
            return "A partition was assigned to no broker.";
        }
        boolean anyLive = false;
        for (int i = 0; i < asked.size(); i++) {
            int id = asked.get(i);
            BrokerImage broker = image.broker(id);
            if (broker == null) {
                return "A partition was assigned to broker " + id + ", which is not registered.";
            }
            if (asked.indexOf(id) < i) {
                return "A partition was assigned to broker " + id + " more than once.";
            }
            anyLive |= !broker.fenced();
        }
        if (expected > 0 && asked.size() != expected) {
            return "A partition was assigned to " + asked.size() + " broker(s), and another one to " + expected
                    + "; all partitions of a topic have the same number of replicas.";
        }
        return anyLive ? null : "A partition was assigned to brokers none of which is live.";
    }

    /** A new partition, led by the first of its live replicas. */
    PartitionRecord record(Uuid topicId, int partition, List<Integer> replicas) {
        List<Integer> isr = new ArrayList<>(replicas.size());
        List<Uuid> directories = new ArrayList<>(replicas.size());
        for (int id : replicas) {
            BrokerImage broker = image.broker(id);
            directories.add(directory(broker, partition));
            if (!broker.fenced()) {
                isr.add(id);
            }
        }
        return new PartitionRecord()
                .setTopicId(topicId)
                .setPartitionId(partition)
                .setReplicas(replicas)
                .setIsr(isr)
                .setLeader(isr.getFirst())
                .setLeaderEpoch(0)
                .setPartitionEpoch(0)
                .setDirectories(directories);
    }

    private static Uuid directory(BrokerImage broker, int partition) {
        List<Uuid> directories = broker.logDirectories();
        return directories.isEmpty() ? Uuid.ZERO_UUID : directories.get(partition % directories.size());
    }
}

package io.headrace.broker.coordination;

import io.headrace.broker.PartitionRef;
import io.headrace.broker.Partitions;
import io.headrace.log.AppendOrigin;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.ports.Randomness;
import io.headrace.ports.Time;
import io.headrace.replication.LeaderPartition;
import io.headrace.runtime.Shard;
import io.headrace.runtime.ShardGroup;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;

/**
 * The coordinators of one kind: on each shard the hosts of those partitions that it owns and that have been asked for. Any
 * shard may ask, and is answered on itself. What an event holds is the coordinator's from the moment that it is handed
 * over.
 */
public final class Coordinators<E> {

    private final CoordinatorKind<E> kind;
    private final ShardGroup shards;
    private final Partitions partitions;
    private final Supplier<MetadataImage> image;
    private final List<HostEnv> envs = new ArrayList<>();

    /** Each touched by its shard alone. */
    private final List<Map<PartitionRef, CoordinatorHost<E>>> byShard = new ArrayList<>();

    private volatile boolean restored;
    private volatile boolean stopped;

    public Coordinators(
            CoordinatorKind<E> kind,
            ShardGroup shards,
            Partitions partitions,
            Supplier<MetadataImage> image,
            Time time,
            Randomness ids,
            CoordinatorNews news) {
        this.kind = kind;
        this.shards = shards;
        this.partitions = partitions;
        this.image = image;
        for (int i = 0; i < shards.size(); i++) {
            envs.add(new HostEnv(shards.shard(i), time, ids, image, news));
            byShard.add(new LinkedHashMap<>());
        }
    }

    public CoordinatorKind<E> kind() {
        return kind;
    }

    /** Begins to load the coordinators that have left something in an earlier run. Once, at start; from any shard. */
    public void restore(List<PartitionRef> found) {
        for (PartitionRef ref : found) {
            partitions.shardOf(ref).post(() -> load(ref));
        }
        restored = true;
    }

    /** Begins to load the coordinator of a group or a transactional id, which is about to be asked. From any shard. */
    public void prepare(String key) {
        PartitionRef ref = refOf(key);
        if (ref != null) {
            partitions.shardOf(ref).post(() -> load(ref));
        }
    }

    private void load(PartitionRef ref) {
        CoordinatorHost<E> host = hostOf(ref);
        if (host != null) {
            host.load();
        }
    }

    /**
     * Asks the coordinator that a group or a transactional id belongs to.
     *
     * @param home the current shard
     * @param event of the ticket that its answer will carry
     */
    public void ask(Shard home, String key, LongFunction<E> event, Asker asker) {
        PartitionRef ref = refOf(key);
        if (ref == null) {
            asker.refused(ErrorCode.NOT_COORDINATOR);
            return;
        }
        Shard owner = partitions.shardOf(ref);
        if (owner == home) {
            submit(ref, event, asker);
        } else {
            owner.post(() -> submit(ref, event, new Homeward(home, asker)));
        }
    }

    private void submit(PartitionRef ref, LongFunction<E> event, Asker asker) {
        CoordinatorHost<E> host = hostOf(ref);
        if (host == null) {
            asker.refused(ErrorCode.NOT_COORDINATOR);
        } else {
            host.submit(event, asker);
        }
    }

    /**
     * Asks the coordinator of the partition, on the partition's shard.
     *
     * @param origin of the records that the event leads to
     */
    public void askHere(PartitionRef ref, LongFunction<E> event, AppendOrigin.Coordinator origin, Asker asker) {
        CoordinatorHost<E> host = hostOf(ref);
        if (host == null) {
            asker.refused(ErrorCode.NOT_COORDINATOR);
        } else {
            host.submit(event, origin, asker);
        }
    }

    /** Tells the coordinator of the partition, if it has been loaded or is being loaded; on the partition's shard. */
    public void informHere(PartitionRef ref, E event) {
        CoordinatorHost<E> host = byShard.get(partitions.shardOf(ref).index()).get(ref);
        if (host != null) {
            host.inform(event);
        }
    }

    /**
     * Asks every coordinator that has or may have something to tell, and hears all replies at once.
     *
     * @param home the current shard
     */
    public void askEach(Shard home, LongFunction<E> event, Consumer<List<Reply>> whenAll) {
        if (!restored) {
            whenAll.accept(List.of(new Reply.Refused(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS)));
            return;
        }
        Gathering<List<Reply>> ofShards = new Gathering<>(shards.size(), replies -> whenAll.accept(flat(replies)));
        for (int i = 0; i < shards.size(); i++) {
            int place = i;
            Shard shard = shards.shard(i);
            shard.post(() -> askOwn(shard, event, replies -> home.post(() -> ofShards.put(place, replies))));
        }
    }

    private void askOwn(Shard shard, LongFunction<E> event, Consumer<List<Reply>> whenAll) {
        List<CoordinatorHost<E>> hosts =
                new ArrayList<>(byShard.get(shard.index()).values());
        Gathering<Reply> ofHosts = new Gathering<>(hosts.size(), whenAll);
        for (int i = 0; i < hosts.size(); i++) {
            hosts.get(i).submit(event, Gathering.asker(ofHosts, i));
        }
    }

    private static List<Reply> flat(List<List<Reply>> lists) {
        List<Reply> all = new ArrayList<>();
        lists.forEach(all::addAll);
        return all;
    }

    /** Tells the coordinator that a group or a transactional id belongs to, if it is loaded or being loaded. From any shard. */
    public void inform(String key, E event) {
        PartitionRef ref = refOf(key);
        if (ref != null) {
            Shard owner = partitions.shardOf(ref);
            owner.post(() -> {
                CoordinatorHost<E> host = byShard.get(owner.index()).get(ref);
                if (host != null) {
                    host.inform(event);
                }
            });
        }
    }

    /** Tells every coordinator that has been loaded, or is being loaded. From any shard. */
    public void inform(E event) {
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.shard(i);
            shard.post(() -> byShard.get(shard.index()).values().forEach(host -> host.inform(event)));
        }
    }

    /** The topic of that id is gone, and with it the coordinators if it was theirs. From any shard. */
    public void topicDeleted(Uuid topicId) {
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.shard(i);
            shard.post(() -> end(byShard.get(shard.index()), topicId));
        }
    }

    private void end(Map<PartitionRef, CoordinatorHost<E>> hosts, Uuid topicId) {
        Iterator<Map.Entry<PartitionRef, CoordinatorHost<E>>> all =
                hosts.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<PartitionRef, CoordinatorHost<E>> one = all.next();
            if (one.getKey().topicId().equals(topicId)) {
                all.remove();
                one.getValue().stop();
            }
        }
    }

    /** The broker begins to stop: who is parked is answered, so that the connections can be drained. From any thread. */
    public void stop() {
        stopped = true;
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.shard(i);
            shard.post(() -> byShard.get(shard.index()).values().forEach(CoordinatorHost::stop));
        }
    }

    /** The partition that a group or a transactional id belongs to; null while there is no such topic. */
    public PartitionRef refOf(String key) {
        TopicImage topic = image.get().topic(kind.topic().name());
        return topic == null
                ? null
                : new PartitionRef(topic.id(), CoordinatorKind.partitionOf(key, topic.partitionCount()));
    }

    /** Null if there is no such partition (any more), or the broker stops. On the partition's shard. */
    private CoordinatorHost<E> hostOf(PartitionRef ref) {
        int index = partitions.shardOf(ref).index();
        CoordinatorHost<E> host = byShard.get(index).get(ref);
        if (host == null && !stopped) {
            LeaderPartition partition = partitions.find(ref);
            if (partition != null) {
                host = new CoordinatorHost<>(kind, partition, envs.get(index));
                byShard.get(index).put(ref, host);
            }
        }
        return host;
    }
}

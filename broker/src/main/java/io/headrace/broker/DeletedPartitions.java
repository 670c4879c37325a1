package io.headrace.broker;

import io.headrace.log.LogIdentity;
import io.headrace.log.PartitionMetadata;
import io.headrace.metadata.TopicImage;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskWork;
import io.headrace.runtime.DiskThreads;
import io.headrace.runtime.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * Takes the directories of deleted partitions away. Each is first renamed, as Kafka does, to a name that says that it is to
 * be deleted, so that a topic of the same name can begin at once and a crash leaves nothing in doubt. Files that are still
 * being sent stay readable until they have been.
 */
final class DeletedPartitions {

    private static final String SUFFIX = "-delete";

    private final Disk disk;
    private final DataDirectory directory;
    private final DiskThreads threads;
    private final DepartingNames departing = new DepartingNames();

    DeletedPartitions(Disk disk, DataDirectory directory, DiskThreads threads) {
        this.disk = disk;
        this.directory = directory;
        this.threads = threads;
    }

    /** The partition is deleted; {@link #remove} follows. Before a topic of the same name can be asked for. */
    void announce(TopicImage topic, int partition) {
        departing.leaves(identity(topic, partition).directoryName());
    }

    /** Runs the action on the shard, now or later, once no deleted partition is about to leave the directory of that name. */
    void whenGone(LogIdentity next, Shard shard, Runnable action) {
        departing.whenFree(next.directoryName(), () -> {
            if (shard.isCurrent()) {
                action.run();
            } else {
                shard.post(action);
            }
        });
    }

    private static LogIdentity identity(TopicImage topic, int partition) {
        return new LogIdentity(topic.name(), topic.id(), partition);
    }

    /** What was announced; nothing touches the files any more. */
    void remove(TopicImage topic, int partition, Shard shard) {
        LogIdentity id = identity(topic, partition);
        threads.workFor(shard).run(() -> rename(id), new DiskWork.Outcome<Optional<Path>>() {
            @Override
            public void done(Optional<Path> renamed) {
                departing.hasLeft(id.directoryName());
                if (renamed.isPresent()) {
                    deleteLater(renamed.get(), shard);
                }
            }

            @Override
            public void failed(Exception cause) {
                departing.hasLeft(id.directoryName());
                BrokerLog.warn("the files of " + id + " could not be deleted", cause);
            }
        });
    }

    /** Empty if there is nothing, or only the directory of a later topic of the same name. */
    private Optional<Path> rename(LogIdentity id) throws IOException {
        Path path = directory.directoryOf(id);
        boolean own = disk.exists(path)
                && PartitionMetadata.ownerOf(disk, path).orElse(id.topicId()).equals(id.topicId());
        return own ? Optional.of(rename(path, id.topicId())) : Optional.empty();
    }

    /** On a disk thread: a topic has this directory's name, and the directory is still that of an earlier one. */
    void makeWay(LogIdentity next) throws IOException {
        Path path = directory.directoryOf(next);
        Optional<Uuid> owner = disk.exists(path) ? PartitionMetadata.ownerOf(disk, path) : Optional.empty();
        if (owner.isPresent() && !owner.get().equals(next.topicId())) {
            delete(rename(path, owner.get()));
        }
    }

    private Path rename(Path path, Uuid owner) throws IOException {
        Path renamed = path.resolveSibling(path.getFileName() + "." + hex(owner) + SUFFIX);
        disk.rename(path, renamed);
        disk.syncDirectory(path.getParent());
        return renamed;
    }

    private static String hex(Uuid id) {
        return Long.toHexString(id.getMostSignificantBits()) + Long.toHexString(id.getLeastSignificantBits());
    }

    private void deleteLater(Path renamed, Shard shard) {
        threads.workFor(shard).run(() -> delete(renamed), new DiskWork.Outcome<Boolean>() {
            @Override
            public void done(Boolean deleted) {}

            @Override
            public void failed(Exception cause) {
                BrokerLog.warn(renamed + " could not be deleted", cause);
            }
        });
    }

    private Boolean delete(Path renamed) throws IOException {
        for (String file : disk.list(renamed)) {
            disk.delete(renamed.resolve(file));
        }
        disk.delete(renamed);
        return true;
    }

    /** Deletes what an earlier run had renamed and not got round to. */
    void sweep(Shard shard) {
        threads.workFor(shard).run(this::leftovers, new DiskWork.Outcome<List<Path>>() {
            @Override
            public void done(List<Path> leftovers) {
                leftovers.forEach(path -> deleteLater(path, shard));
            }

            @Override
            public void failed(Exception cause) {
                BrokerLog.warn("the log directory could not be read", cause);
            }
        });
    }

    private List<Path> leftovers() throws IOException {
        List<Path> leftovers = new ArrayList<>();
        for (String name : disk.list(directory.path())) {
            if (name.endsWith(SUFFIX)) {
                leftovers.add(directory.path().resolve(name));
            }
        }
        return leftovers;
    }
}

package io.headrace.broker.adoption;

import io.headrace.broker.DataDirectory;
import io.headrace.broker.MetaProperties;
import io.headrace.log.OffsetCheckpoint;
import io.headrace.metadata.adoption.NotAdoptable;
import io.headrace.ports.Disk;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;

/** A log directory of Apache Kafka's, looked at and not changed. */
record KafkaDirectory(Path path, MetaProperties meta, Path metadata, boolean cleanlyStopped) {

    static final String METADATA = "__cluster_metadata-0";

    /** Where an adoption in place keeps Kafka's metadata. */
    static final String METADATA_KEPT = METADATA + ".kafka";

    private static final String QUORUM_STATE = "quorum-state";
    private static final String VERSION = "1";
    private static final Pattern VOTER = Pattern.compile("\"voterId\"\\s*:\\s*(\\d+)");

    /** Finds out whether it is one, and tells what it is otherwise. */
    static KafkaDirectory open(Disk disk, Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new NotAdoptable("there is no directory " + path);
        }
        if (!disk.exists(path.resolve(MetaProperties.FILE))) {
            throw new NotAdoptable(path + " is no log directory of Apache Kafka: it has no " + MetaProperties.FILE);
        }
        MetaProperties meta = meta(path.resolve(MetaProperties.FILE));
        Path kept = path.resolve(METADATA_KEPT);
        boolean interrupted = disk.exists(path.resolve(DataDirectory.ADOPTING));
        Path metadata = interrupted && disk.exists(kept) ? kept : path.resolve(METADATA);
        if (!disk.exists(metadata)) {
            throw new NotAdoptable(path + " has no " + METADATA
                    + ": its server.properties names another directory for it (metadata.log.dir, or the first of log.dirs),"
                    + " and only a node that keeps everything in one can be adopted");
        }
        if (!disk.exists(metadata.resolve(QUORUM_STATE))) {
            throw new NotAdoptable(
                    path + " was not written by Apache Kafka: it is a data directory of Headrace already,"
                            + " or was formatted and never used");
        }
        boolean clean = disk.exists(path.resolve(DataDirectory.CLEAN_STOP));
        return new KafkaDirectory(path, meta, metadata, clean);
    }

    private static MetaProperties meta(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        String version = properties.getProperty("version", "");
        if (!version.equals(VERSION)) {
            throw new NotAdoptable(
                    file + " is of version '" + version + "', and that of Apache Kafka without ZooKeeper is " + VERSION
                            + "; let Kafka 4.4 run on the directory first");
        }
        String directoryId = value(properties, "directory.id", file);
        String nodeId = value(properties, "node.id", file);
        try {
            return new MetaProperties(
                    Integer.parseInt(nodeId), value(properties, "cluster.id", file), Uuid.fromString(directoryId));
        } catch (IllegalArgumentException malformed) {
            throw new NotAdoptable(file + " makes no sense: " + malformed.getMessage(), malformed);
        }
    }

    private static String value(Properties properties, String key, Path file) throws NotAdoptable {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new NotAdoptable(file + " has no " + key + "; let Kafka 4.4 run on the directory first");
        }
        return value;
    }

    /**
     * The end of the metadata log is only known to be committed where this node alone decides.
     *
     * @param named voters that the log names, where they can change; otherwise Kafka keeps them beside it
     */
    void checkQuorum(Set<Integer> named) throws IOException {
        Set<Integer> voters = named.isEmpty() ? voters() : named;
        if (!voters.equals(Set.of(meta.nodeId()))) {
            throw new NotAdoptable(path + " belongs to a cluster of several nodes: its metadata is decided by " + voters
                    + ", and this is node " + meta.nodeId());
        }
    }

    private Set<Integer> voters() throws IOException {
        Matcher matcher = VOTER.matcher(Files.readString(metadata.resolve(QUORUM_STATE)));
        Set<Integer> voters = new TreeSet<>();
        while (matcher.find()) {
            voters.add(Integer.valueOf(matcher.group(1)));
        }
        return voters;
    }

    /** The offsets of one of Kafka's checkpoint files. */
    List<OffsetCheckpoint.Entry> checkpoint(Disk disk, String file) throws IOException {
        return OffsetCheckpoint.read(disk, path.resolve(file));
    }
}

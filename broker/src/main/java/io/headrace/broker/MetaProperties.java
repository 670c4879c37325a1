package io.headrace.broker;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;

/** Whose directory it is. The ids are Kafka's base64 ones; the directory's never changes. */
public record MetaProperties(int nodeId, String clusterId, Uuid directoryId) {

    public static final String FILE = "meta.properties";

    private static final String VERSION = "1";

    String text() {
        return "version=" + VERSION + "\nnode.id=" + nodeId + "\ncluster.id=" + clusterId + "\ndirectory.id="
                + directoryId + "\n";
    }

    static MetaProperties parse(String text, Path file) throws IOException {
        String nodeId = value(text, "node.id=", file);
        String clusterId = value(text, "cluster.id=", file);
        String directoryId = value(text, "directory.id=", file);
        try {
            return new MetaProperties(Integer.parseInt(nodeId), clusterId, Uuid.fromString(directoryId));
        } catch (NumberFormatException noNumber) {
            throw new IOException(file + ": node.id is '" + nodeId + "', which is no number", noNumber);
        } catch (IllegalArgumentException malformed) {
            throw new IOException(
                    file + ": directory.id is '" + directoryId + "', which is no id: " + malformed.getMessage(),
                    malformed);
        }
    }

    private static String value(String text, String key, Path file) throws IOException {
        for (String line : text.lines().toList()) {
            if (line.startsWith(key)) {
                return line.substring(key.length()).trim();
            }
        }
        throw new IOException(
                file + " has no " + key.substring(0, key.length() - 1) + ": it is damaged, or not one of ours");
    }
}

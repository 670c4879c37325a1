package io.headrace.coordination.group.classic;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;

/** A way to assign partitions that a member knows, and what the member has to say to the leader for it: its subscription. */
public final class Protocol {

    private final String name;
    private final byte[] metadata;

    /** @param metadata is not copied, and not to be changed any more */
    public Protocol(String name, byte[] metadata) {
        this.name = name;
        this.metadata = metadata;
    }

    public static List<Protocol> of(JoinGroupRequestProtocolCollection protocols) {
        return protocols.stream()
                .map(protocol -> new Protocol(protocol.name(), protocol.metadata()))
                .toList();
    }

    public String name() {
        return name;
    }

    public byte[] metadata() {
        return metadata;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Protocol that && name.equals(that.name) && Arrays.equals(metadata, that.metadata);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(metadata);
    }

    @Override
    public String toString() {
        return name + " with " + metadata.length + " bytes";
    }
}

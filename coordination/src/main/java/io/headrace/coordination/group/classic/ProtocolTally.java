package io.headrace.coordination.group.classic;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** By how many members of a group each protocol is known. */
final class ProtocolTally {

    private final Map<String, Integer> members = new LinkedHashMap<>();

    void add(List<Protocol> protocols) {
        protocols.forEach(protocol -> members.merge(protocol.name(), 1, Integer::sum));
    }

    void remove(List<Protocol> protocols) {
        protocols.forEach(
                protocol -> members.computeIfPresent(protocol.name(), (_, count) -> count == 1 ? null : count - 1));
    }

    boolean isKnownTo(String protocolName, int memberCount) {
        return members.getOrDefault(protocolName, 0) == memberCount;
    }

    Set<String> knownTo(int memberCount) {
        Set<String> names = new LinkedHashSet<>();
        members.forEach((name, count) -> {
            if (count == memberCount) {
                names.add(name);
            }
        });
        return names;
    }
}

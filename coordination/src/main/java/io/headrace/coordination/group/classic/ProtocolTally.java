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
        names(protocols).forEach(name -> members.merge(name, 1, Integer::sum));
    }

    void remove(List<Protocol> protocols) {
        names(protocols).forEach(name -> members.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1));
    }

    /** A client may name one twice. */
    private static Set<String> names(List<Protocol> protocols) {
        Set<String> names = new LinkedHashSet<>();
        protocols.forEach(protocol -> names.add(protocol.name()));
        return names;
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

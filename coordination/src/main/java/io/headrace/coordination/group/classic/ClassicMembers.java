package io.headrace.coordination.group.classic;

import io.headrace.ports.Check;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who belongs to a classic group, in the order of joining, and what each of them waits for. */
final class ClassicMembers {

    private final Map<String, ClassicMember> byId = new LinkedHashMap<>();
    private final Map<String, String> idByInstance = new LinkedHashMap<>();
    private final ProtocolTally tally = new ProtocolTally();
    private final Set<String> pending = new LinkedHashSet<>();
    private int waitingJoins;

    // ---- members

    void add(ClassicMember member) {
        if (member.isStatic()) {
            String previous = idByInstance.put(member.instanceId(), member.memberId());
            Check.that(previous == null, "one member has an instance id");
        }
        byId.put(member.memberId(), member);
        tally.add(member.protocols());
        pending.remove(member.memberId());
        if (member.waitingJoin() != null) {
            waitingJoins++;
        }
    }

    /** Also of one that is only pending. The caller answers what it waits for. */
    void remove(String memberId) {
        pending.remove(memberId);
        ClassicMember member = byId.remove(memberId);
        if (member == null) {
            return;
        }
        tally.remove(member.protocols());
        if (member.isStatic()) {
            idByInstance.remove(member.instanceId());
        }
        if (member.waitingJoin() != null) {
            waitingJoins--;
        }
    }

    /** Those of the list and nobody else. */
    void replaceAll(List<ClassicMember> members) {
        List.copyOf(byId.keySet()).forEach(this::remove);
        members.forEach(this::add);
    }

    /** The member of that id, or null. */
    ClassicMember get(String memberId) {
        return byId.get(memberId);
    }

    /** The id of the member of that instance, or null. */
    String idOf(String instanceId) {
        return idByInstance.get(instanceId);
    }

    boolean contains(String memberId) {
        return byId.containsKey(memberId);
    }

    Collection<ClassicMember> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    int size() {
        return byId.size();
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    int longestRebalanceTimeoutMs() {
        return byId.values().stream()
                .mapToInt(ClassicMember::rebalanceTimeoutMs)
                .max()
                .orElse(0);
    }

    // ---- those that have been given an id and have not joined with it

    void addPending(String memberId) {
        pending.add(memberId);
    }

    boolean isPending(String memberId) {
        return pending.contains(memberId);
    }

    // ---- joining

    void update(ClassicMember member, List<Protocol> protocols, int rebalanceTimeoutMs, int sessionTimeoutMs) {
        tally.remove(member.protocols());
        member.update(protocols, rebalanceTimeoutMs, sessionTimeoutMs);
        tally.add(member.protocols());
    }

    void waitForJoin(ClassicMember member, Asker asker) {
        if (member.waitingJoin() == null) {
            waitingJoins++;
        }
        member.waitForJoin(asker);
    }

    /** The JoinGroup of the member that waits, which is answered now; null if it has none. */
    Asker takeWaitingJoin(ClassicMember member) {
        Asker asker = member.takeWaitingJoin();
        if (asker != null) {
            waitingJoins--;
        }
        return asker;
    }

    int waitingJoins() {
        return waitingJoins;
    }

    boolean haveAllJoined() {
        return byId.size() == waitingJoins && pending.isEmpty();
    }

    List<ClassicMember> notJoined() {
        return byId.values().stream()
                .filter(member -> member.waitingJoin() == null)
                .toList();
    }

    // ---- protocols

    /** Whether somebody with these protocols shares one with all members. */
    boolean share(List<Protocol> protocols) {
        return protocols.stream().anyMatch(protocol -> tally.isKnownTo(protocol.name(), byId.size()));
    }

    /** The protocol that most members like best of those that all know; of equals the one that comes first by name. */
    String elect() {
        Set<String> candidates = tally.knownTo(byId.size());
        Map<String, Long> votes = byId.values().stream()
                .map(member -> member.vote(candidates))
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
        return votes.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .orElseThrow(() -> new IllegalStateException("an election without members"))
                .getKey();
    }
}

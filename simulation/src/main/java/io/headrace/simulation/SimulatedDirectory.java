package io.headrace.simulation;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One directory: the names that can be seen, the names that are durable, and every change in between. After a power loss
 * any subset of the changes has happened, except that changes of the same name or of the same file keep their order,
 * and that a rename has happened wholly or not at all.
 */
final class SimulatedDirectory implements SimulatedNode {

    /** Either name may be null: nothing was there before, or nothing is there afterwards. */
    private record Change(String removed, String added, SimulatedNode node) {
        void applyTo(TreeMap<String, SimulatedNode> names) {
            if (removed != null) {
                names.remove(removed);
            }
            if (added != null) {
                names.put(added, node);
            }
        }
    }

    private final TreeMap<String, SimulatedNode> names = new TreeMap<>();
    private final TreeMap<String, SimulatedNode> durable = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();

    SimulatedNode find(String name) {
        return names.get(name);
    }

    List<String> list() {
        return new ArrayList<>(names.keySet());
    }

    void add(String name, SimulatedNode node) {
        change(new Change(null, name, node));
    }

    void remove(String name) {
        change(new Change(name, null, names.get(name)));
    }

    void rename(String from, String to) {
        change(new Change(from, to, names.get(from)));
    }

    private void change(Change change) {
        change.applyTo(names);
        changes.add(change);
    }

    void sync() {
        for (Change change : changes) {
            change.applyTo(durable);
        }
        changes.clear();
    }

    @Override
    public void crash(SeededRandomness random) {
        settle(random);
        names.clear();
        names.putAll(durable);
        for (SimulatedNode node : names.values()) {
            node.crash(random);
        }
    }

    private void settle(SeededRandomness random) {
        boolean[] happened = survivors(random);
        for (int i = 0; i < happened.length; i++) {
            if (happened[i]) {
                changes.get(i).applyTo(durable);
            }
        }
        changes.clear();
    }

    /** Backwards, so that a change that has happened takes along the earlier ones that it rests upon. */
    private boolean[] survivors(SeededRandomness random) {
        boolean[] happened = new boolean[changes.size()];
        Set<String> neededNames = new LinkedHashSet<>();
        List<SimulatedNode> neededNodes = new ArrayList<>();
        int all = random.below(4);
        for (int i = changes.size() - 1; i >= 0; i--) {
            Change change = changes.get(i);
            boolean chosen = all == 0 || (all != 1 && random.coin());
            boolean needed = neededNames.contains(change.removed())
                    || neededNames.contains(change.added())
                    || containsSame(neededNodes, change.node());
            if (chosen || needed) {
                happened[i] = true;
                neededNames.add(change.removed());
                neededNames.add(change.added());
                neededNames.remove(null);
                neededNodes.add(change.node());
            }
        }
        return happened;
    }

    /** The same directory with all below it, to be crashed in another world. */
    SimulatedDirectory copy() {
        return copy(new IdentityHashMap<>());
    }

    private SimulatedDirectory copy(Map<SimulatedNode, SimulatedNode> copies) {
        SimulatedDirectory copy = new SimulatedDirectory();
        copyNames(names, copy.names, copies);
        copyNames(durable, copy.durable, copies);
        for (Change change : changes) {
            copy.changes.add(new Change(change.removed(), change.added(), copyOf(change.node(), copies)));
        }
        return copy;
    }

    private static void copyNames(
            Map<String, SimulatedNode> from, Map<String, SimulatedNode> to, Map<SimulatedNode, SimulatedNode> copies) {
        for (Map.Entry<String, SimulatedNode> entry : from.entrySet()) {
            to.put(entry.getKey(), copyOf(entry.getValue(), copies));
        }
    }

    private static SimulatedNode copyOf(SimulatedNode node, Map<SimulatedNode, SimulatedNode> copies) {
        SimulatedNode known = copies.get(node);
        if (known != null) {
            return known;
        }
        SimulatedNode copy = switch (node) {
            case SimulatedFile file -> file.copy();
            case SimulatedDirectory directory -> directory.copy(copies);
        };
        copies.put(node, copy);
        return copy;
    }

    private static boolean containsSame(List<SimulatedNode> nodes, SimulatedNode wanted) {
        for (SimulatedNode node : nodes) {
            if (node == wanted) {
                return true;
            }
        }
        return false;
    }
}

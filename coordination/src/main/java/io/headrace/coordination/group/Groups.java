package io.headrace.coordination.group;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The groups of one partition, of whatever type. */
public final class Groups {

    private final Map<String, Group> byId = new LinkedHashMap<>();

    /** The group of that id, or null. */
    public Group get(String groupId) {
        return byId.get(groupId);
    }

    /** Takes the place of a group of the same id. */
    public void put(Group group) {
        byId.put(group.groupId(), group);
    }

    public void remove(String groupId) {
        byId.remove(groupId);
    }

    public Collection<Group> all() {
        return Collections.unmodifiableCollection(byId.values());
    }
}

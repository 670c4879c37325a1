package io.headrace.app.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The members of a consumer group that read the flights together. For the thread that directs them. */
final class ReaderGroup {

    private static final String GROUP = "flight-readers";

    private record Running(GroupMember member, Thread thread) {}

    private final String bootstrap;
    private final String topic;
    private final int partitionCount;
    private final GroupCheck check;
    private final Deque<Running> members = new ArrayDeque<>();
    private final List<GroupMember> all = new ArrayList<>();

    ReaderGroup(String bootstrap, String topic, int partitionCount, GroupCheck check) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.partitionCount = partitionCount;
        this.check = check;
    }

    void join() {
        GroupMember member = new GroupMember(bootstrap, topic, GROUP, check);
        all.add(member);
        String name = "demo-member-" + all.size();
        members.add(new Running(member, Thread.ofPlatform().daemon().name(name).start(member)));
    }

    /** The member that has been there longest leaves, and returns when it has. */
    void leave() throws InterruptedException {
        Running first = members.removeFirst();
        first.member().leave();
        first.thread().join();
    }

    void end() throws InterruptedException {
        members.forEach(one -> one.member().leave());
        for (Running one : members) {
            one.thread().join();
        }
    }

    int size() {
        return members.size();
    }

    /** Every partition has its reader, and every member something to read. */
    boolean settled() {
        int read = 0;
        for (Running one : members) {
            if (one.member().partitions() == 0) {
                return false;
            }
            read += one.member().partitions();
        }
        return read == partitionCount;
    }

    /** As 2 + 2 + 2. */
    String shares() {
        List<String> shares = new ArrayList<>();
        members.forEach(one -> shares.add(Integer.toString(one.member().partitions())));
        return String.join(" + ", shares);
    }

    /** Why a member could not go on, or null. */
    String failure() {
        for (GroupMember member : all) {
            if (member.failure() != null) {
                return member.failure();
            }
        }
        return null;
    }

    GroupCheck check() {
        return check;
    }
}

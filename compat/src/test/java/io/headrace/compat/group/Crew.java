package io.headrace.compat.group;

import io.headrace.compat.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The member processes at their places, and all that there ever were. */
final class Crew {

    /** Sessions have to run out meanwhile, and the machine may be busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String bootstrap;
    private final Path directory;
    private final Feed feed;
    private final Map<Integer, MemberProcess> atPlaces = new HashMap<>();
    private final List<MemberProcess> everybody = new ArrayList<>();

    private String protocol = "classic";

    Crew(String bootstrap, Path directory, Feed feed) {
        this.bootstrap = bootstrap;
        this.directory = directory;
        this.feed = feed;
    }

    /** From now on new members of the migrating group speak that protocol. */
    void migrateTo(String newProtocol) {
        protocol = newProtocol;
    }

    void start(int place) throws IOException {
        MemberProcess process = MemberProcess.start(bootstrap, "place-" + place, everybody.size(), protocol, directory);
        everybody.add(process);
        atPlaces.put(place, process);
    }

    void kill(int place) throws InterruptedException {
        leave(place).kill();
    }

    void pause(int place) throws IOException, InterruptedException {
        atPlaces.get(place).pause();
    }

    void resume(int place) throws IOException, InterruptedException {
        atPlaces.get(place).resume();
    }

    void stop(int place) throws IOException, InterruptedException {
        leave(place).stop();
    }

    /** Gives the place free, for another process to take; the one that had it goes on as it is. */
    MemberProcess leave(int place) {
        return atPlaces.remove(place);
    }

    void stopAll() throws IOException, InterruptedException {
        for (int place : List.copyOf(atPlaces.keySet())) {
            stop(place);
        }
    }

    /** Waits until every group has committed all that has been produced up to now. */
    void awaitProgress() throws Exception {
        awaitCommits(feed.rounds());
    }

    /** Waits until every group has committed so many records of every partition. */
    void awaitCommits(long records) throws Exception {
        await(records + " records committed in every partition", () -> {
            for (Membership membership : Membership.values()) {
                if (committed(membership).values().stream()
                                .filter(offset -> offset >= records)
                                .count()
                        < Feed.PARTITIONS) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Waits until the members at the place have had something to do from now on. */
    void awaitWork(int place) throws Exception {
        Map<Membership, Integer> before = new HashMap<>();
        for (Membership membership : Membership.values()) {
            before.put(membership, commits(place, membership));
        }
        await("commits at place " + place, () -> {
            for (Membership membership : Membership.values()) {
                if (commits(place, membership) == before.get(membership)) {
                    return false;
                }
            }
            return true;
        });
    }

    private int commits(int place, Membership membership) throws IOException {
        Journal journal = atPlaces.get(place).journal(membership);
        journal.refresh();
        return journal.commits();
    }

    private void await(String what, Eventually.Condition condition) throws Exception {
        try {
            Eventually.until(what, PATIENCE, () -> {
                feed.check();
                return condition.holds();
            });
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "\n" + state(), late);
        }
    }

    /** The highest offsets that were acknowledged, by partition. */
    private Map<Integer, Long> committed(Membership membership) throws IOException {
        Map<Integer, Long> committed = new HashMap<>();
        for (Journal journal : journals(membership)) {
            journal.acknowledged().forEach((partition, offset) -> committed.merge(partition, offset, Math::max));
        }
        return committed;
    }

    private List<Journal> journals(Membership membership) throws IOException {
        List<Journal> journals = new ArrayList<>();
        for (MemberProcess process : everybody) {
            Journal journal = process.journal(membership);
            journal.refresh();
            journals.add(journal);
        }
        return journals;
    }

    /** Of all groups together, once everything has been produced. */
    Verdict verdict(long recordsEach) throws IOException {
        Verdict all = Verdict.NONE;
        for (Membership membership : Membership.values()) {
            all = all.and(membership.group(), Judge.judge(journals(membership), Feed.PARTITIONS, recordsEach));
        }
        return all;
    }

    /** Processes that there ever were. */
    int size() {
        return everybody.size();
    }

    private String state() throws IOException {
        StringBuilder state = new StringBuilder("produced " + feed.rounds() + " to each partition");
        for (Membership membership : Membership.values()) {
            state.append("\n").append(membership).append(" committed ").append(committed(membership));
            for (Journal journal : journals(membership)) {
                if (!journal.entries().isEmpty()) {
                    state.append("\n  ")
                            .append(journal)
                            .append(": ")
                            .append(journal.entries().getLast());
                }
            }
        }
        return state.toString();
    }

    void killAll() throws InterruptedException {
        for (MemberProcess process : everybody) {
            process.kill();
        }
    }
}

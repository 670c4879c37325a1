package io.headrace.compat.pipeline;

import io.headrace.compat.Eventually;
import io.headrace.compat.JavaProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The workers of one application, each in a place of its own, which is that of its transactional id. Used by one thread. */
final class Crew implements AutoCloseable {

    static final int HEARTBEAT_INTERVAL_MS = 200;
    static final int SESSION_TIMEOUT_MS = 1_500;
    static final int TRANSACTION_TIMEOUT_MS = 6_000;

    /** Long, for a machine that does much else. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String bootstrap;
    private final String protocol;
    private final String input;
    private final String output;
    private final Admin admin;
    private final List<JavaProgram> places = new ArrayList<>();
    private final List<JavaProgram> everyone = new ArrayList<>();

    /** @param protocol of the group: classic or consumer */
    Crew(String bootstrap, String protocol, String input, String output, Admin admin) {
        this.bootstrap = bootstrap;
        this.protocol = protocol;
        this.input = input;
        this.output = output;
        this.admin = admin;
    }

    void start(int workers) {
        for (int place = 0; place < workers; place++) {
            places.add(startAt(place));
        }
    }

    private JavaProgram startAt(int place) {
        String name = "process-" + everyone.size();
        JavaProgram worker =
                JavaProgram.start(name, Worker.class, bootstrap, protocol, "worker-" + place, input, output, name);
        everyone.add(worker);
        return worker;
    }

    void killAndReplace(int place) {
        places.get(place).kill();
        places.set(place, startAt(place));
    }

    /** Lets it sleep until its group has given it up. */
    void pauseUntilExpelled(int place) throws Exception {
        awaitAll();
        JavaProgram sleeper = places.get(place);
        sleeper.pause();
        Eventually.until("the paused worker is expelled", PATIENCE, () -> !isMember(sleeper));
        sleeper.resume();
    }

    /** Lets it sleep while another takes its place, and wakes it: it must notice that it has no place any more. */
    void replaceWhilePaused(int place) throws Exception {
        awaitAll();
        JavaProgram zombie = places.get(place);
        zombie.pause();
        Eventually.until("the paused worker is expelled", PATIENCE, () -> !isMember(zombie));
        places.set(place, startAt(place));
        awaitAll();
        zombie.resume();
        Eventually.until("the zombie ends", PATIENCE, () -> !zombie.isAlive());
        if (zombie.awaitEnd() != Worker.FENCED) {
            throw new AssertionError("a zombie that was not fenced\n" + zombie.output());
        }
    }

    void awaitAll() throws Exception {
        Eventually.until("all workers are members", PATIENCE, () -> {
            tend();
            return members().containsAll(places.stream().map(JavaProgram::name).toList());
        });
    }

    private boolean isMember(JavaProgram worker) throws Exception {
        return members().contains(worker.name());
    }

    private List<String> members() throws Exception {
        try {
            return describe().members().stream()
                    .map(MemberDescription::clientId)
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw e;
        }
    }

    private ConsumerGroupDescription describe() throws Exception {
        return admin.describeConsumerGroups(List.of(input)).all().get().get(input);
    }

    /** Starts those again that slept so long that their transactions were aborted, and complains of others that have ended. */
    void tend() {
        for (int place = 0; place < places.size(); place++) {
            JavaProgram worker = places.get(place);
            if (!worker.isAlive()) {
                if (worker.awaitEnd() != Worker.FENCED) {
                    throw new AssertionError("a worker gave up\n" + worker.output());
                }
                places.set(place, startAt(place));
            }
        }
    }

    int processes() {
        return everyone.size();
    }

    /** What there is to know when something went wrong. */
    String report() throws Exception {
        StringBuilder all = new StringBuilder("members: ").append(members()).append('\n');
        everyone.forEach(worker -> all.append(worker.output()));
        return all.toString();
    }

    @Override
    public void close() {
        everyone.forEach(JavaProgram::close);
    }
}

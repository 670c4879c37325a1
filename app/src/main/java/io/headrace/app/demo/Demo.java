package io.headrace.app.demo;

import io.headrace.app.terminal.Numbers;
import io.headrace.app.terminal.Progress;
import io.headrace.app.terminal.Terminal;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** The demo from its first line to its summary. Runs on the thread that calls it, which watches the others. */
public final class Demo {

    private static final String TOPIC = "flights";
    private static final int PARTITIONS = 6;
    private static final long TICK_MS = 10;

    private final Terminal terminal;
    private final Progress progress;
    private final Stage stage;
    private final Flights flights;
    private final BrokerChild firstBroker;
    private final FlightProducer producer;
    private final ReaderGroup group;
    private FlightReader reader;
    private long downNanos;
    private long silentNanos;

    private Demo(Terminal terminal, Stage stage) throws IOException, InterruptedException, DemoFailed {
        this.terminal = terminal;
        this.stage = stage;
        progress = new Progress(terminal, true);
        flights = Flights.load();
        long startNanos = System.nanoTime();
        firstBroker = stage.startBroker(0);
        progress.say("broker " + firstBroker.pid() + " listens on " + firstBroker.bootstrap() + " after "
                + Numbers.seconds(System.nanoTime() - startNanos) + ", with its data in " + stage.data());
        producer = new FlightProducer(firstBroker.bootstrap(), TOPIC, flights);
        group = new ReaderGroup(firstBroker.bootstrap(), TOPIC, PARTITIONS, new GroupCheck(new DeliveryCheck(flights)));
    }

    /** Returns if everything was as promised. Leaves neither process nor file behind, even if it is interrupted. */
    public static void run(Terminal terminal) throws IOException, InterruptedException, DemoFailed {
        try (Stage stage = Stage.set()) {
            new Demo(terminal, stage).play();
        }
    }

    private void play() throws IOException, InterruptedException, DemoFailed {
        createTopic();
        progress.say(
                "streaming " + Numbers.grouped(flights.all().size()) + " real flights, over and over, into the topic "
                        + TOPIC + ": " + PARTITIONS + " partitions, keyed by origin, acks=all, idempotent");
        Thread producing = Thread.ofPlatform().daemon().name("demo-producer").start(producer);
        group.join();
        group.join();
        settle("two consumers of a group read along: ");

        await(() -> producer.acknowledged() >= Limits.RECORDS_BEFORE_KILL, "hardly anything was acknowledged");
        stream();
        group.join();
        settle("a third one joins: ");
        stream();
        BrokerChild secondBroker = killAndRestart();
        stream();
        group.leave();
        settle("the first one leaves: ");
        group.join();
        settle("another one joins: ");
        stream();
        producer.finish();
        await(() -> !producing.isAlive(), "what was sent was not acknowledged");
        waitFor(() -> group.check().records() >= producer.sentCount());
        group.end();
        judge(group.check().check());

        progress.say("reading all of it once more, from the beginning, without a group");
        readAgain();
        secondBroker.stop();
        summary(secondBroker);
    }

    /** Waits until the group has shared out the partitions. */
    private void settle(String what) throws InterruptedException, DemoFailed {
        long startNanos = System.nanoTime();
        await(group::settled, "the group did not share out the partitions");
        progress.say(what + PARTITIONS + " partitions shared out as " + group.shares() + " after "
                + Numbers.seconds(System.nanoTime() - startNanos));
    }

    private void createTopic() throws InterruptedException, DemoFailed {
        Map<String, Object> config = new HashMap<>();
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, firstBroker.bootstrap());
        try (Admin admin = Admin.create(config)) {
            NewTopic topic = new NewTopic(TOPIC, Optional.of(PARTITIONS), Optional.empty());
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            throw new DemoFailed("the topic cannot be created: " + e.getCause().getMessage(), e);
        }
    }

    /** Lets the stream run for a while. */
    private void stream() throws InterruptedException, DemoFailed {
        long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(Limits.STREAM_SECONDS);
        await(() -> System.nanoTime() - untilNanos >= 0, "the clock stands still");
    }

    private BrokerChild killAndRestart() throws IOException, InterruptedException, DemoFailed {
        progress.say("kill -9 " + firstBroker.pid() + " while "
                + Numbers.grouped(producer.sentCount() - producer.acknowledged()) + " records are under way");
        long killedNanos = System.nanoTime();
        firstBroker.kill();
        BrokerChild second = stage.startBroker(firstBroker.port());
        long restartedNanos = System.nanoTime();
        downNanos = restartedNanos - killedNanos;
        progress.say("broker " + second.pid() + " listens again, " + Numbers.seconds(downNanos) + " after the kill");
        await(
                () -> producer.lastAcknowledgedNanos() - restartedNanos >= 0,
                "nothing was acknowledged after the restart");
        silentNanos = System.nanoTime() - killedNanos;
        return second;
    }

    /** Waits until the reader has everything that was sent, or nothing more comes, and has its check judge it. */
    private void readAgain() throws InterruptedException, DemoFailed {
        reader = new FlightReader(firstBroker.bootstrap(), TOPIC, PARTITIONS, new DeliveryCheck(flights));
        reader.endWith(producer.sentCount());
        Thread reading = Thread.ofPlatform().daemon().name("demo-reader").start(reader);
        waitFor(() -> !reading.isAlive());
        reader.endWith(0);
        reading.join();
        failIf(reader.failure(), "the reader cannot go on: ");
        judge(reader.check());
    }

    private void judge(DeliveryCheck check) throws DemoFailed {
        check.end(producer.sent());
        if (check.faultCount() > 0) {
            throw new DemoFailed(Numbers.grouped(check.faultCount()) + " faults among "
                    + Numbers.grouped(check.records()) + " records read, " + Numbers.grouped(producer.sentCount())
                    + " sent:\n  " + String.join("\n  ", check.faults()));
        }
    }

    private void await(BooleanSupplier done, String whatIfNot) throws InterruptedException, DemoFailed {
        if (!waitFor(done)) {
            throw new DemoFailed(whatIfNot + " within " + Limits.WAIT_SECONDS + " s");
        }
    }

    /** Shows how things go meanwhile. False if the time is over. */
    private boolean waitFor(BooleanSupplier done) throws InterruptedException, DemoFailed {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(Limits.WAIT_SECONDS);
        while (!done.getAsBoolean()) {
            failIf(producer.failure(), "a record was not written: ");
            failIf(group.failure(), "a member of the group cannot go on: ");
            failIf(reader == null ? null : reader.failure(), "the reader cannot go on: ");
            if (System.nanoTime() - deadlineNanos >= 0) {
                return false;
            }
            progress.tick(this::state);
            TimeUnit.MILLISECONDS.sleep(TICK_MS);
        }
        return true;
    }

    private static void failIf(String failure, String what) throws DemoFailed {
        if (failure != null) {
            throw new DemoFailed(what + failure);
        }
    }

    private String state() {
        return "  " + Numbers.grouped(producer.sentCount()) + " sent, " + Numbers.grouped(producer.acknowledged())
                + " acknowledged, "
                + Numbers.grouped(reader == null ? group.check().records() : reader.read()) + " read";
    }

    private void summary(BrokerChild secondBroker) {
        progress.clear();
        terminal.line("");
        terminal.line("streamed   " + Numbers.grouped(producer.sentCount()) + " records, "
                + Numbers.bytes(producer.bytes()) + ": " + producer.passes() + " passes over the flights, "
                + reader.check().keys() + " keys, " + PARTITIONS + " partitions, in "
                + Numbers.seconds(producer.elapsedNanos()) + ", at most "
                + Numbers.grouped(Limits.RECORDS_PER_SECOND) + "/s");
        terminal.line("written    every one acknowledged once it was on disk");
        terminal.line("kill -9    listening again after " + Numbers.seconds(downNanos) + ", acknowledging after "
                + Numbers.seconds(silentNanos));
        String heading = "recovery   ";
        for (String line : secondBroker.recoveries()) {
            terminal.line(heading + line);
            heading = " ".repeat(heading.length());
        }
        terminal.line("read       twice, once by a group whose members came and went, once from the beginning:");
        terminal.line("           nothing lost, nothing doubled, every key in order");
        terminal.line("           (the group got "
                + Numbers.grouped(group.check().repeats()) + " records once more, none of which it had committed)");
        terminal.flush();
    }
}

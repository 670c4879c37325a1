package io.headrace.app.demo;

import io.headrace.app.terminal.Numbers;
import io.headrace.app.terminal.Progress;
import io.headrace.app.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** The demo from its first line to its summary. Runs on the thread that calls it, which waits for the others. */
public final class Demo {

    private static final String TOPIC = "flights";
    private static final int PARTITIONS = 6;
    private static final long TICK_MS = 50;

    private final Terminal terminal;
    private final Progress progress;
    private final Path data;
    private final Stage stage;
    private long killedNanos;
    private long downNanos;
    private long silenceNanos;
    private List<String> recovery = List.of();

    private Demo(Terminal terminal, Stage stage) {
        this.terminal = terminal;
        this.progress = new Progress(terminal, true);
        this.stage = stage;
        this.data = stage.data();
    }

    /** Returns if everything was as promised. Leaves neither process nor file behind, even if it is interrupted. */
    public static void run(Terminal terminal) throws IOException, InterruptedException, DemoFailed {
        try (Stage stage = Stage.set()) {
            new Demo(terminal, stage).play();
        }
    }

    private void play() throws IOException, InterruptedException, DemoFailed {
        Flights flights = Flights.load();
        long start = System.nanoTime();
        BrokerChild broker = stage.startBroker(0);
        progress.say("broker " + broker.pid() + " listens on " + broker.bootstrap() + " after "
                + Numbers.seconds(System.nanoTime() - start) + ", with its data in " + data);
        createTopic(broker.bootstrap());
        progress.say(
                "streaming " + Numbers.grouped(flights.all().size()) + " real flights, again and again, into the topic "
                        + TOPIC + " (" + PARTITIONS + " partitions, key = origin, acks=all, idempotent)");

        FlightProducer producer = new FlightProducer(broker.bootstrap(), TOPIC, flights);
        FlightReader reader = new FlightReader(broker.bootstrap(), TOPIC, PARTITIONS, new DeliveryCheck(flights));
        Thread producing = Thread.ofPlatform().daemon().name("demo-producer").start(producer);
        Thread reading = Thread.ofPlatform().daemon().name("demo-reader").start(reader);

        watch(producer, reader, producing, TimeUnit.SECONDS.toMillis(Limits.STREAM_SECONDS) / 2);
        BrokerChild second = killAndRestart(broker, producer);
        awaitAcknowledgement(producer, reader, producing);
        silenceNanos = System.nanoTime() - killedNanos;
        watch(producer, reader, producing, TimeUnit.SECONDS.toMillis(Limits.STREAM_SECONDS + Limits.CATCH_UP_SECONDS));
        if (producing.isAlive()) {
            throw new DemoFailed("the producer is not done after " + Limits.CATCH_UP_SECONDS + " s");
        }
        failIf(producer.failure(), "a record was not written: ");
        awaitReader(reader, reading, producer);

        progress.say("reading all of it once more, from the beginning ...");
        FlightReader again = new FlightReader(second.bootstrap(), TOPIC, PARTITIONS, new DeliveryCheck(flights));
        Thread readingAgain = Thread.ofPlatform().daemon().name("demo-reader-2").start(again);
        awaitReader(again, readingAgain, producer);
        second.stop();
        summary(producer, reader.check());
    }

    private static void createTopic(String bootstrap) throws InterruptedException, DemoFailed {
        Map<String, Object> config = new HashMap<>();
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        try (Admin admin = Admin.create(config)) {
            NewTopic topic = new NewTopic(TOPIC, Optional.of(PARTITIONS), Optional.empty());
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            throw new DemoFailed("the topic cannot be created: " + e.getCause().getMessage(), e);
        }
    }

    private BrokerChild killAndRestart(BrokerChild broker, FlightProducer producer)
            throws IOException, InterruptedException, DemoFailed {
        progress.say("kill -9 " + broker.pid() + ", with "
                + Numbers.grouped(producer.sentCount() - producer.acknowledged()) + " records under way");
        killedNanos = System.nanoTime();
        broker.kill();
        BrokerChild second = stage.startBroker(broker.port());
        downNanos = System.nanoTime() - killedNanos;
        recovery = second.output().stream()
                .filter(line -> line.contains("recover"))
                .toList();
        progress.say("broker " + second.pid() + " listens again, " + Numbers.seconds(downNanos) + " after the kill");
        recovery.forEach(line -> progress.say("  it says: " + line));
        return second;
    }

    /** Watches until the thread has ended or the time is over. */
    private void watch(FlightProducer producer, FlightReader reader, Thread until, long millis)
            throws InterruptedException, DemoFailed {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (until.isAlive() && System.nanoTime() < deadline) {
            failIf(reader.failure(), "the reader cannot go on: ");
            progress.tick(() -> state(producer, reader));
            until.join(TICK_MS);
        }
    }

    /** Returns when the next acknowledgement after the restart has come. */
    private void awaitAcknowledgement(FlightProducer producer, FlightReader reader, Thread producing)
            throws InterruptedException, DemoFailed {
        long restarted = System.nanoTime();
        long deadline = restarted + TimeUnit.SECONDS.toNanos(Limits.CATCH_UP_SECONDS);
        while (producer.lastAcknowledgedNanos() - restarted < 0) {
            if (System.nanoTime() - deadline > 0 || !producing.isAlive()) {
                throw new DemoFailed("nothing was acknowledged after the restart");
            }
            progress.tick(() -> state(producer, reader));
            producing.join(1);
        }
    }

    private static String state(FlightProducer producer, FlightReader reader) {
        return "  " + Numbers.grouped(producer.acknowledged()) + " records acknowledged, "
                + Numbers.bytes(producer.bytes()) + "; " + Numbers.grouped(reader.read()) + " read";
    }

    /** Waits until the reader has everything, and judges it. */
    private void awaitReader(FlightReader reader, Thread reading, FlightProducer producer)
            throws InterruptedException, DemoFailed {
        reader.endWith(producer.sentCount());
        watch(producer, reader, reading, TimeUnit.SECONDS.toMillis(Limits.CATCH_UP_SECONDS));
        reader.endWith(0);
        reading.join();
        failIf(reader.failure(), "the reader cannot go on: ");
        DeliveryCheck check = reader.check();
        check.end(producer.sent());
        if (check.faultCount() > 0) {
            throw new DemoFailed(Numbers.grouped(check.faultCount()) + " faults among "
                    + Numbers.grouped(check.records()) + " records read, " + Numbers.grouped(producer.sentCount())
                    + " sent:\n  " + String.join("\n  ", check.faults()));
        }
    }

    private static void failIf(String failure, String what) throws DemoFailed {
        if (failure != null) {
            throw new DemoFailed(what + failure);
        }
    }

    private void summary(FlightProducer producer, DeliveryCheck check) {
        progress.clear();
        long rate = Numbers.perSecond(producer.sentCount(), producer.elapsedNanos());
        terminal.line("");
        terminal.line("records    " + Numbers.grouped(producer.sentCount()) + " (" + producer.passes() + " passes), "
                + check.keys() + " keys, " + PARTITIONS + " partitions, " + Numbers.bytes(producer.bytes()));
        terminal.line(
                "written    " + Numbers.grouped(rate) + " records/s in " + Numbers.seconds(producer.elapsedNanos())
                        + ", the kill included; every one acknowledged after it was on disk");
        terminal.line("kill -9    listening again after " + Numbers.seconds(downNanos) + ", acknowledging after "
                + Numbers.seconds(silenceNanos));
        for (String line : recovery) {
            terminal.line("recovery   " + line);
        }
        terminal.line("read       twice, once along with the writing and once at the end:");
        terminal.line("           nothing lost, nothing doubled, every key in order");
        terminal.flush();
    }
}

package io.headrace.metadata;

import io.headrace.ports.Time;
import io.headrace.testing.FaultyDisk;
import io.headrace.testing.SetTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ApiMessage;

/** A controller at work over a metadata log in a directory, from one start to one stop. */
final class TestNode implements ActiveController.Publication {

    static final String CLUSTER = "test-cluster";

    private final QueuedWork work = new QueuedWork();
    private final LocalMetadataLog log;
    private final ActiveController controller;
    private final MetadataLoad load;
    private final List<String> answers = new ArrayList<>();
    private final List<MetadataChange> changes = new ArrayList<>();
    private final Map<String, Uuid> topicIds = new LinkedHashMap<>();
    private boolean available = true;

    TestNode(FaultyDisk disk, Path logDirectory, long seed) throws IOException {
        Time time = new SetTime();
        load = LocalMetadataLog.loading(disk, logDirectory, CLUSTER, time).run();
        log = new LocalMetadataLog(load, disk, logDirectory, work, time);
        SplittableRandom random = new SplittableRandom(seed);
        ControllerEnv env = new ControllerEnv(ControllerSettings.defaults(1), random::nextLong);
        controller = new ActiveController(load.image(), log, env, this);
        controller.submit(new ControllerEvent.RegisterBroker(TestController.registration(1)), new Answer<>("register"));
    }

    QueuedWork work() {
        return work;
    }

    LocalMetadataLog log() {
        return log;
    }

    MetadataLoad load() {
        return load;
    }

    MetadataImage image() {
        return controller.image();
    }

    /** What has been answered so far: {@code request: answer}, or {@code request: failed}. */
    List<String> answers() {
        return answers;
    }

    List<MetadataChange> changes() {
        return changes;
    }

    boolean isAvailable() {
        return available;
    }

    /** Submits a line of {@link Script}; nothing of it is durable yet. */
    void submit(String line) {
        for (TopicImage topic : controller.image().topics()) {
            topicIds.put(topic.name(), topic.id());
        }
        submit(TestController.event(Script.request(line, topicIds)), line);
    }

    private <R> void submit(ControllerEvent<R> event, String line) {
        controller.submit(event, new Answer<>(line));
    }

    void submitProducerIds() {
        controller.submit(new ControllerEvent.AllocateProducerIds(1), new Answer<>("producer-ids"));
    }

    /** A clean stop. */
    void stop() {
        boolean[] stopped = {false};
        log.close(() -> stopped[0] = true);
        work.finish();
        if (!stopped[0]) {
            throw new AssertionError("the log did not close");
        }
    }

    @Override
    public void published(MetadataChange change) {
        changes.add(change);
    }

    @Override
    public void unavailable(Exception cause) {
        available = false;
    }

    @Override
    public void available() {
        available = true;
    }

    private final class Answer<R> implements ActiveController.Reply<R> {

        private final String line;

        Answer(String line) {
            this.line = line;
        }

        @Override
        public void answered(R response) {
            if (response instanceof ApiMessage message) {
                answers.add(line + ": " + String.join(", ", Script.answers(message, topicIds)));
            } else {
                answers.add(line + ": " + response);
            }
        }

        @Override
        public void failed(Exception cause) {
            answers.add(line + ": failed");
        }
    }
}

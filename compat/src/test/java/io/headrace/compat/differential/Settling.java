package io.headrace.compat.differential;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicCollection;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResourceCollection;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfigCollection;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.Errors;

/**
 * Waits until a server has carried out the changes that it has acknowledged. Kafka's controller answers before the broker
 * beside it has followed; changes reach the broker in order, so that a change of our own which shows is a mark behind
 * those before it. The broker takes several at a time and shows them before it has carried them out: hence two marks, the
 * second set when the first shows.
 */
final class Settling {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 2_000_000;
    private static final String TOPIC = "marks";
    private static final String KEY = "retention.ms";
    private static final byte TOPIC_TYPE = ConfigResource.Type.TOPIC.id();

    private long mark = 1_000_000_000;

    void begin(Witness witness) throws IOException {
        witness.call(
                new CreateTopicsRequestData()
                        .setTopics(new CreatableTopicCollection(List.of(new CreatableTopic()
                                        .setName(TOPIC)
                                        .setNumPartitions(1)
                                        .setReplicationFactor((short) 1))
                                .iterator())),
                (short) 5,
                new CreateTopicsResponseData());
        await(witness);
        awaitProducerIds(witness);
    }

    /** Kafka's broker fetches its first block of ids when somebody wants one, and sends him away meanwhile. */
    private static void awaitProducerIds(Witness witness) throws IOException {
        InitProducerIdRequestData request = new InitProducerIdRequestData().setTransactionalId(null);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (witness.call(request, (short) 2, new InitProducerIdResponseData())
                        .errorCode()
                != Errors.NONE.code()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("no producer id after " + PATIENCE);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    void await(Witness witness) throws IOException {
        for (int i = 0; i < 2; i++) {
            mark++;
            set(witness);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!shows(witness)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("a change does not show after " + PATIENCE);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void set(Witness witness) throws IOException {
        AlterableConfig change =
                new AlterableConfig().setName(KEY).setConfigOperation((byte) 0).setValue(Long.toString(mark));
        witness.call(
                new IncrementalAlterConfigsRequestData()
                        .setResources(new AlterConfigsResourceCollection(List.of(new AlterConfigsResource()
                                        .setResourceType(TOPIC_TYPE)
                                        .setResourceName(TOPIC)
                                        .setConfigs(new AlterableConfigCollection(
                                                List.of(change).iterator())))
                                .iterator())),
                (short) 1,
                new IncrementalAlterConfigsResponseData());
    }

    private boolean shows(Witness witness) throws IOException {
        DescribeConfigsResponseData answer = witness.call(
                new DescribeConfigsRequestData()
                        .setResources(List.of(new DescribeConfigsResource()
                                .setResourceType(TOPIC_TYPE)
                                .setResourceName(TOPIC)
                                .setConfigurationKeys(List.of(KEY)))),
                (short) 4,
                new DescribeConfigsResponseData());
        return answer.results().getFirst().configs().stream()
                .anyMatch(config -> Long.toString(mark).equals(config.value()));
    }
}

package io.headrace.compat.differential;

import static io.headrace.compat.differential.Batches.produce;
import static io.headrace.compat.differential.FetchChapter.fetch;
import static io.headrace.compat.differential.Requests.TOPIC;
import static io.headrace.compat.differential.Requests.change;
import static io.headrace.compat.differential.Requests.changed;
import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.deleteTopics;
import static io.headrace.compat.differential.Requests.describe;
import static io.headrace.compat.differential.Requests.grow;
import static io.headrace.compat.differential.Requests.grown;
import static io.headrace.compat.differential.Requests.operation;
import static io.headrace.compat.differential.Requests.topic;

import java.util.List;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;

/**
 * A life of a few topics drawn from a seed: they are made, written to, grown, emptied, configured, deleted and made again,
 * and looked at in between, with an argument now and then that is wrong. The topics are deleted in the end.
 */
final class RandomChapter implements Chapter {

    private static final int STEPS = 120;
    private static final int TOPICS = 3;
    private static final int PARTITIONS = 3;
    private static final int LATEST = -1;
    private static final int EARLIEST = -2;

    private static final String[] KEYS = {"retention.ms", "segment.bytes", "max.message.bytes", "no.such.key"};
    private static final String[] VALUES = {"1", "100", "2000000", "-1", "x"};

    private final long seed;
    private final Random random;

    RandomChapter(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    @Override
    public void ask(Interview interview) throws Exception {
        interview.ask(
                "an id", ApiKeys.INIT_PRODUCER_ID, (_, _) -> new InitProducerIdRequestData().setTransactionalId(null));
        interview.note(producer(), InitProducerIdResponseData.class, InitProducerIdResponseData::producerId);
        for (int i = 0; i < TOPICS; i++) {
            String name = name(i);
            interview.ask("create " + name, ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic(name, 2, 1)));
        }
        for (int step = 0; step < STEPS; step++) {
            step(interview);
        }
        for (int i = 0; i < TOPICS; i++) {
            String name = name(i);
            interview.ask("delete " + name, ApiKeys.DELETE_TOPICS, (_, v) -> deleteTopics(v, name));
        }
    }

    private void step(Interview interview) throws Exception {
        String topic = name(random.nextInt(TOPICS));
        int partition = random.nextInt(PARTITIONS);
        switch (random.nextInt(20)) {
            case 0 -> createTopic(interview, topic);
            case 1 -> deleteTopic(interview, topic);
            case 2 -> growTopic(interview, topic);
            case 3 -> configure(interview, topic);
            case 4 -> deleteRecords(interview, topic, partition);
            case 5, 6, 7, 8, 9 -> write(interview, topic, partition);
            case 10, 11, 12 -> writeOnce(interview, topic, partition);
            case 13, 14, 15, 16 -> read(interview, topic, partition);
            case 17, 18 -> list(interview, topic, partition);
            default -> look(interview, topic);
        }
    }

    private void createTopic(Interview interview, String name) throws Exception {
        int partitions = random.nextInt(-2, PARTITIONS + 1);
        int replicas = random.nextInt(8) == 0 ? 2 : 1;
        short version = version(interview, ApiKeys.CREATE_TOPICS);
        interview.ask(
                about("create", name, partitions), version, (_, _) -> createTopics(topic(name, partitions, replicas)));
    }

    private void deleteTopic(Interview interview, String name) throws Exception {
        if (random.nextInt(3) == 0) {
            short version = version(interview, ApiKeys.DELETE_TOPICS);
            interview.ask("delete " + name, version, (_, v) -> deleteTopics(v, name));
        }
    }

    private void growTopic(Interview interview, String name) throws Exception {
        int count = random.nextInt(0, PARTITIONS + 1);
        short version = version(interview, ApiKeys.CREATE_PARTITIONS);
        interview.ask(about("grow", name, count), version, (_, _) -> grow(grown(name, count, null)));
    }

    private void configure(Interview interview, String name) throws Exception {
        String key = KEYS[random.nextInt(KEYS.length)];
        String value = VALUES[random.nextInt(VALUES.length)];
        int kind = random.nextInt(2);
        short version = version(interview, ApiKeys.INCREMENTAL_ALTER_CONFIGS);
        interview.ask(
                about("set " + key + "=" + value, name, kind),
                version,
                (_, _) -> change(changed(TOPIC, name, operation(key, kind, kind == 0 ? value : null))));
        interview.ask("configuration of " + name, ApiKeys.DESCRIBE_CONFIGS, (_, _) -> describe(TOPIC, name, null));
        // So that neither retention nor small messages decide what the rest of this life sees.
        interview.ask(
                "clear " + name,
                ApiKeys.INCREMENTAL_ALTER_CONFIGS,
                (_, _) -> change(changed(
                        TOPIC,
                        name,
                        operation("retention.ms", 1, null),
                        operation("segment.bytes", 1, null),
                        operation("max.message.bytes", 1, null))));
    }

    private void deleteRecords(Interview interview, String name, int partition) throws Exception {
        long offset = random.nextInt(-2, 12);
        short version = version(interview, ApiKeys.DELETE_RECORDS);
        interview.ask(
                about("delete records before " + offset, name, partition),
                version,
                (_, _) -> new DeleteRecordsRequestData()
                        .setTimeoutMs(10_000)
                        .setTopics(List.of(new DeleteRecordsTopic()
                                .setName(name)
                                .setPartitions(List.of(new DeleteRecordsPartition()
                                        .setPartitionIndex(partition)
                                        .setOffset(offset))))));
    }

    private void write(Interview interview, String name, int partition) throws Exception {
        int count = random.nextInt(1, 6);
        Compression compression =
                random.nextBoolean() ? Compression.NONE : Compression.lz4().build();
        byte[] batch = Batches.of(compression, Batches.records(count, Batches.NOW_MS + random.nextInt(1_000)));
        if (random.nextInt(10) == 0) {
            batch[random.nextInt(Batches.CRC, batch.length)] ^= 1;
        }
        short version = version(interview, ApiKeys.PRODUCE);
        interview.ask(
                about("write " + count, name, partition), version, (w, v) -> produce(w, v, name, partition, batch));
    }

    private void writeOnce(Interview interview, String name, int partition) throws Exception {
        int epoch = random.nextInt(10) == 0 ? 1 : 0;
        int sequence = random.nextInt(4);
        short version = version(interview, ApiKeys.PRODUCE);
        interview.ask(
                about("write sequence " + sequence + " of epoch " + epoch, name, partition),
                version,
                (w, v) -> produce(w, v, name, partition, Batches.idempotent(w.noted(producer()), epoch, sequence, 1)));
    }

    private void read(Interview interview, String name, int partition) throws Exception {
        long offset = random.nextInt(-1, 20);
        int bytes = random.nextInt(3) == 0 ? random.nextInt(1, 500) : 1_000_000;
        short version = version(interview, ApiKeys.FETCH);
        interview.ask(
                about("read from " + offset, name, partition),
                version,
                (w, v) -> fetch(w, v, name, partition, offset).setMaxBytes(bytes));
    }

    private void list(Interview interview, String name, int partition) throws Exception {
        long time =
                random.nextBoolean() ? random.nextInt(EARLIEST, LATEST + 1) : Batches.NOW_MS + random.nextInt(1_010);
        short version = version(interview, ApiKeys.LIST_OFFSETS);
        interview.ask(
                about("list", name, partition),
                version,
                (_, _) -> new ListOffsetsRequestData()
                        .setReplicaId(-1)
                        .setTopics(List.of(new ListOffsetsTopic()
                                .setName(name)
                                .setPartitions(List.of(new ListOffsetsPartition()
                                        .setPartitionIndex(partition)
                                        .setTimestamp(time))))));
    }

    private void look(Interview interview, String name) throws Exception {
        short version = (short) Math.max(4, version(interview, ApiKeys.METADATA));
        interview.ask(
                "look at " + name,
                version,
                (_, _) -> new MetadataRequestData()
                        .setAllowAutoTopicCreation(false)
                        .setTopics(List.of(new MetadataRequestTopic().setName(name))));
    }

    private short version(Interview interview, ApiKeys api) {
        return (short) random.nextInt(interview.oldest(api), interview.newest(api) + 1);
    }

    private String name(int topic) {
        return "random-" + seed + "-" + topic;
    }

    private String producer() {
        return "producer of seed " + seed;
    }

    private static String about(String what, String topic, int number) {
        return what + " " + topic + " " + number;
    }
}

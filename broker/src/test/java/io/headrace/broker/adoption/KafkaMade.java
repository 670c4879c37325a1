package io.headrace.broker.adoption;

import io.headrace.metadata.RecordFrame;
import io.headrace.wire.BatchBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;

/** A directory as Apache Kafka leaves it, made by hand: one node, one topic with one record, stopped cleanly. */
final class KafkaMade {

    static final Uuid FLIGHTS = new Uuid(1, 1);
    static final Uuid DIRECTORY = new Uuid(2, 2);
    static final String LOG = "00000000000000000000.log";

    private static final int LEADER_EPOCH = 1;

    private final Path path;
    private final List<ApiMessage> records = new ArrayList<>(List.of(
            new FeatureLevelRecord().setName("metadata.version").setFeatureLevel((short) 33),
            new RegisterBrokerRecord().setBrokerId(1).setLogDirs(List.of(DIRECTORY)),
            new TopicRecord().setName("flights").setTopicId(FLIGHTS),
            new PartitionRecord()
                    .setTopicId(FLIGHTS)
                    .setPartitionId(0)
                    .setReplicas(List.of(1))
                    .setIsr(List.of(1))
                    .setLeader(1)
                    .setDirectories(List.of(DIRECTORY))));

    private KafkaMade(Path path) {
        this.path = path;
    }

    static KafkaMade in(Path path) throws IOException {
        KafkaMade made = new KafkaMade(path);
        Files.createDirectories(path.resolve(KafkaDirectory.METADATA));
        made.put("meta.properties", "#\nversion=1\nnode.id=1\ncluster.id=c\ndirectory.id=" + DIRECTORY + "\n");
        made.put(
                KafkaDirectory.METADATA + "/quorum-state",
                "{\"leaderId\":1,\"currentVoters\":[{\"voterId\":1}],\"data_version\":0}");
        made.put(".kafka_cleanshutdown", "{\"version\":0,\"brokerEpoch\":5}");
        made.put("recovery-point-offset-checkpoint", "0\n1\nflights 0 1\n");
        Files.createDirectories(path.resolve("flights-0"));
        made.put("flights-0/partition.metadata", "version: 0\ntopic_id: " + FLIGHTS);
        made.put(
                "flights-0/" + LOG,
                new BatchBuilder()
                        .append(1_700_000_000_000L, null, ByteBuffer.wrap(new byte[] {'x'}))
                        .build(0, 0));
        return made.metadata();
    }

    /** With these records of metadata as well. */
    KafkaMade and(ApiMessage... more) throws IOException {
        records.addAll(List.of(more));
        return metadata();
    }

    private KafkaMade metadata() throws IOException {
        BatchBuilder batch = new BatchBuilder();
        for (ApiMessage record : records) {
            batch.append(1_700_000_000_000L, null, RecordFrame.write(record));
        }
        put(KafkaDirectory.METADATA + "/" + LOG, batch.build(0, LEADER_EPOCH));
        return this;
    }

    KafkaMade put(String file, String text) throws IOException {
        Files.writeString(path.resolve(file), text);
        return this;
    }

    private void put(String file, ByteBuffer bytes) throws IOException {
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        Files.write(path.resolve(file), content);
    }

    KafkaMade append(String file, String text) throws IOException {
        Files.writeString(path.resolve(file), text, StandardOpenOption.APPEND);
        return this;
    }

    KafkaMade delete(String file) throws IOException {
        Files.delete(path.resolve(file));
        return this;
    }

    KafkaMade directory(String name) throws IOException {
        Files.createDirectories(path.resolve(name));
        return this;
    }
}

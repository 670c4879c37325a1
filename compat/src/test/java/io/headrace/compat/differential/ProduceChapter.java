package io.headrace.compat.differential;

import static io.headrace.compat.differential.Batches.ATTRIBUTES;
import static io.headrace.compat.differential.Batches.BASE_TIMESTAMP;
import static io.headrace.compat.differential.Batches.COUNT;
import static io.headrace.compat.differential.Batches.CRC;
import static io.headrace.compat.differential.Batches.LAST_OFFSET_DELTA;
import static io.headrace.compat.differential.Batches.LENGTH;
import static io.headrace.compat.differential.Batches.MAGIC;
import static io.headrace.compat.differential.Batches.MAX_TIMESTAMP;
import static io.headrace.compat.differential.Batches.NOW_MS;
import static io.headrace.compat.differential.Batches.changed;
import static io.headrace.compat.differential.Batches.joined;
import static io.headrace.compat.differential.Batches.part;
import static io.headrace.compat.differential.Batches.produce;
import static io.headrace.compat.differential.Batches.records;
import static io.headrace.compat.differential.Batches.text;
import static io.headrace.compat.differential.FetchChapter.fetch;
import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.topic;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** Produce: sound batches, damaged ones, and what each leaves behind in topics of several kinds. */
final class ProduceChapter implements Chapter {

    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;

    private static final short BEFORE_RECORD_ERRORS = 7;

    /** Of the batches below, those that a topic's configuration may make a difference to. */
    private static final Set<String> OF_INTEREST_TO_ALL_KINDS = Set.of(
            "base offset 5",
            "log append time",
            "timestamp none",
            "from the beginning of time",
            "ahead of time",
            "ten days old",
            "one of three ahead",
            "no value",
            "headers",
            "too large",
            "too large, compressed small",
            "gzip",
            "snappy",
            "lz4",
            "zstd",
            "count 4, last offset 3",
            "gzip, last offset 7");

    @Override
    public void ask(Interview interview) throws Exception {
        interview.ask(
                "prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic("written", 3, 1), topic("other", 1, 1)));
        sound(interview);
        addresses(interview);
        damaged(interview);
        kindsOfTopics(interview);
    }

    private static void sound(Interview interview) throws Exception {
        interview.askAtAllVersions("sound", ApiKeys.PRODUCE, (w, v) -> produce(w, v, "written", 0, Batches.of(3)));
        for (int acks : new int[] {1, -1, -2, 2}) {
            interview.askAtAllVersions(
                    "acks " + acks,
                    ApiKeys.PRODUCE,
                    (w, v) -> produce(w, v, "written", 0, Batches.of(1)).setAcks((short) acks));
        }
        interview.askAtAllVersions(
                "a transactional id without a transaction",
                ApiKeys.PRODUCE,
                (w, v) -> produce(w, v, "written", 2, Batches.of(1)).setTransactionalId("nobody"));
        interview.ask("what is there", ApiKeys.FETCH, (w, v) -> fetch(w, v, "written", 0, 0));
        interview.ask("what is there", ApiKeys.FETCH, (w, v) -> fetch(w, v, "written", 1, 0));
    }

    private static void addresses(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.PRODUCE;
        byte[] batch = Batches.of(1);
        interview.askAtAllVersions("an unknown topic", api, (w, v) -> produce(w, v, "nowhere", 0, batch));
        interview.askAtAllVersions("an unknown partition", api, (w, v) -> produce(w, v, "written", 3, batch));
        interview.askAtAllVersions("a negative partition", api, (w, v) -> produce(w, v, "written", -1, batch));
        interview.ask("a topic with a bad name", 12, (w, v) -> produce(w, v, "a b", 0, batch));
        interview.ask("a topic without a name", 12, (w, v) -> produce(w, v, "", 0, batch));
        interview.ask("the zero id", 13, (_, _) -> {
            TopicProduceData data = part(null, (short) 12, "", 0, batch);
            return produce(data.setTopicId(Uuid.ZERO_UUID));
        });
        interview.askAtAllVersions("nothing", api, (_, _) -> produce());
        interview.askAtAllVersions("a topic without partitions", api, (w, v) -> produce(part(w, v, "written", 0)));
        interview.askAtAllVersions("no records", api, (w, v) -> produce(w, v, "written", 0, new byte[0]));
        interview.askAtAllVersions(
                "several topics, some wrong",
                api,
                (w, v) -> produce(
                        part(w, v, "written", 0, batch),
                        part(w, v, "nowhere", 0, batch),
                        part(w, v, "other", 0, batch),
                        part(w, v, "other", 7, batch)));
        interview.ask("after the addresses", ApiKeys.FETCH, (w, v) -> fetch(w, v, "written", 0, 0));
    }

    private static Map<String, byte[]> damages() {
        Map<String, byte[]> damages = new LinkedHashMap<>();
        byte[] sound = Batches.of(3);
        byte[] gzip = Batches.of(Compression.gzip().build(), records(3, NOW_MS));
        damages.put("a wrong checksum", with(sound, CRC, 77));
        byte[] flipped = sound.clone();
        flipped[flipped.length - 5] ^= 8;
        damages.put("a flipped bit", flipped);
        damages.put("magic 0", Batches.old(RecordBatch.MAGIC_VALUE_V0));
        damages.put("magic 1", Batches.old(RecordBatch.MAGIC_VALUE_V1));
        damages.put("magic 3", with(sound, MAGIC, 3));
        damages.put("magic -1", with(sound, MAGIC, -1));
        damages.put("two batches", joined(sound, sound));
        damages.put("half a batch", Arrays.copyOf(sound, sound.length / 2));
        damages.put("a batch and a half", joined(sound, Arrays.copyOf(sound, sound.length / 2)));
        damages.put("a few bytes", new byte[10]);
        damages.put("a batch and a few bytes", joined(sound, new byte[10]));
        damages.put("length 5", changed(sound, b -> b.putInt(LENGTH, 5)));
        damages.put("length 48", changed(sound, b -> b.putInt(LENGTH, 48)));
        damages.put("length -1", changed(sound, b -> b.putInt(LENGTH, -1)));
        damages.put("length beyond the end", changed(sound, b -> b.putInt(LENGTH, 10_000)));
        damages.put("base offset 5", changed(sound, b -> b.putLong(0, 5)));
        damages.put("base offset -1", changed(sound, b -> b.putLong(0, -1)));
        damages.put("a leader epoch of its own", changed(sound, b -> b.putInt(12, 42)));
        damages.put("count 2", changed(sound, b -> b.putInt(COUNT, 2)));
        damages.put(
                "count 2, last offset 1",
                changed(sound, b -> b.putInt(LAST_OFFSET_DELTA, 1).putInt(COUNT, 2)));
        damages.put(
                "count 4, last offset 3",
                changed(sound, b -> b.putInt(LAST_OFFSET_DELTA, 3).putInt(COUNT, 4)));
        damages.put("count 0", changed(sound, b -> b.putInt(COUNT, 0)));
        damages.put(
                "count 0, last offset -1",
                changed(sound, b -> b.putInt(LAST_OFFSET_DELTA, -1).putInt(COUNT, 0)));
        damages.put("count -1", changed(sound, b -> b.putInt(COUNT, -1)));
        damages.put(
                "count -1, last offset -2",
                changed(sound, b -> b.putInt(LAST_OFFSET_DELTA, -2).putInt(COUNT, -1)));
        damages.put("last offset 7", changed(sound, b -> b.putInt(LAST_OFFSET_DELTA, 7)));
        damages.put("last offset -1", changed(sound, b -> b.putInt(LAST_OFFSET_DELTA, -1)));
        damages.put("a control batch", changed(sound, b -> b.putShort(ATTRIBUTES, (short) 0x20)));
        damages.put("a transactional batch", changed(sound, b -> b.putShort(ATTRIBUTES, (short) 0x10)));
        damages.put("a transactional control batch", changed(sound, b -> b.putShort(ATTRIBUTES, (short) 0x30)));
        damages.put("log append time", changed(sound, b -> b.putShort(ATTRIBUTES, (short) 0x08)));
        damages.put("a delete horizon", changed(sound, b -> b.putShort(ATTRIBUTES, (short) 0x40)));
        damages.put("unused attributes", changed(sound, b -> b.putShort(ATTRIBUTES, (short) 0x4f00)));
        damages.put("compression 5", changed(sound, b -> b.putShort(ATTRIBUTES, (short) 5)));
        damages.put("compression 7", changed(sound, b -> b.putShort(ATTRIBUTES, (short) 7)));
        damages.put("gzip said, none there", changed(sound, b -> b.putShort(ATTRIBUTES, (short) 1)));
        damages.put("zstd said, gzip there", changed(gzip, b -> b.putShort(ATTRIBUTES, (short) 4)));
        damages.put("none said, gzip there", changed(gzip, b -> b.putShort(ATTRIBUTES, (short) 0)));
        damages.put(
                "gzip, count 2, last offset 1",
                changed(gzip, b -> b.putInt(LAST_OFFSET_DELTA, 1).putInt(COUNT, 2)));
        damages.put(
                "gzip, count 4, last offset 3",
                changed(gzip, b -> b.putInt(LAST_OFFSET_DELTA, 3).putInt(COUNT, 4)));
        damages.put("gzip, last offset 7", changed(gzip, b -> b.putInt(LAST_OFFSET_DELTA, 7)));
        damages.put("max timestamp too low", changed(sound, b -> b.putLong(MAX_TIMESTAMP, NOW_MS)));
        damages.put("max timestamp too high", changed(sound, b -> b.putLong(MAX_TIMESTAMP, NOW_MS + 5000)));
        damages.put("max timestamp -1", changed(sound, b -> b.putLong(MAX_TIMESTAMP, -1)));
        damages.put("base timestamp -1", changed(sound, b -> b.putLong(BASE_TIMESTAMP, -1)));
        damages.put("base timestamp lowest", changed(sound, b -> b.putLong(BASE_TIMESTAMP, Long.MIN_VALUE)));
        damages.put("a gap within", offsetsWithin(sound, 1, 4));
        damages.put("an offset twice within", offsetsWithin(sound, 1, 0));
        damages.put("a negative offset within", offsetsWithin(sound, 1, 1));
        damages.put("a record too long", recordLength(sound, 1));
        damages.put("a record too short", recordLength(sound, -1));
        damages.put("a sequence without producer", changed(sound, b -> b.putInt(Batches.BASE_SEQUENCE, 4)));
        damages.put("an epoch without producer", changed(sound, b -> b.putShort(Batches.PRODUCER_EPOCH, (short) 4)));
        damages.put(
                "a producer without sequence",
                changed(
                        sound,
                        b -> b.putLong(Batches.PRODUCER_ID, 4_000_000).putShort(Batches.PRODUCER_EPOCH, (short) 0)));
        damages.put(
                "a producer without epoch",
                changed(sound, b -> b.putLong(Batches.PRODUCER_ID, 4_000_001).putInt(Batches.BASE_SEQUENCE, 0)));
        damages.put(
                "a negative producer",
                changed(
                        sound,
                        b -> b.putLong(Batches.PRODUCER_ID, -5)
                                .putShort(Batches.PRODUCER_EPOCH, (short) 0)
                                .putInt(Batches.BASE_SEQUENCE, 0)));
        damages.put("timestamp none", Batches.of(Compression.NONE, records(2, -1)));
        damages.put(
                "from the beginning of time",
                Batches.of(Compression.NONE, new SimpleRecord(0, text("v")), new SimpleRecord(5, text("v"))));
        damages.put("ahead of time", Batches.of(Compression.NONE, records(2, NOW_MS + HOUR_MS + DAY_MS)));
        damages.put("ten days old", Batches.of(Compression.NONE, records(2, NOW_MS - 10 * DAY_MS)));
        damages.put(
                "one of three ahead",
                Batches.of(
                        Compression.NONE,
                        new SimpleRecord(NOW_MS, text("a")),
                        new SimpleRecord(NOW_MS + 3 * DAY_MS, text("b")),
                        new SimpleRecord(NOW_MS, text("c"))));
        damages.put("no key", Batches.of(Compression.NONE, new SimpleRecord(NOW_MS, null, text("v"))));
        damages.put("no value", Batches.of(Compression.NONE, new SimpleRecord(NOW_MS, text("k"), null)));
        damages.put(
                "headers",
                Batches.of(Compression.NONE, new SimpleRecord(NOW_MS, text("k"), text("v"), new RecordHeader[] {
                    new RecordHeader("h", text("x")), new RecordHeader("n", null), new RecordHeader("h", text("y"))
                })));
        damages.put(
                "too large", Batches.of(Compression.NONE, new SimpleRecord(NOW_MS, text("k"), new byte[1_048_600])));
        damages.put(
                "too large, compressed small",
                Batches.of(Compression.gzip().build(), new SimpleRecord(NOW_MS, text("k"), new byte[1_048_600])));
        damages.put("gzip", gzip);
        damages.put("snappy", Batches.of(Compression.snappy().build(), records(3, NOW_MS)));
        damages.put("lz4", Batches.of(Compression.lz4().build(), records(3, NOW_MS)));
        damages.put("zstd", Batches.of(Compression.zstd().build(), records(3, NOW_MS)));
        return damages;
    }

    private static byte[] with(byte[] batch, int at, int value) {
        byte[] changed = batch.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** Each record here has a length of one byte, attributes, a timestamp delta and an offset delta of one byte each. */
    private static byte[] offsetsWithin(byte[] batch, int record, int zigzag) {
        byte[] changed = batch.clone();
        changed[startOf(batch, record) + 3] = (byte) zigzag;
        return Batches.summed(changed);
    }

    private static byte[] recordLength(byte[] batch, int more) {
        byte[] changed = batch.clone();
        changed[startOf(batch, 1)] += (byte) (2 * more);
        return Batches.summed(changed);
    }

    private static int startOf(byte[] batch, int record) {
        int start = COUNT + Integer.BYTES;
        for (int i = 0; i < record; i++) {
            start += 1 + batch[start] / 2;
        }
        return start;
    }

    /** Each has partitions of its own, so that what is taken by one server only shifts no other offset. */
    private static void damaged(Interview interview) throws Exception {
        Map<String, byte[]> damages = damages();
        interview.ask(
                "prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic("damaged", 2 * damages.size(), 1)));
        int next = 0;
        for (Map.Entry<String, byte[]> damage : damages.entrySet()) {
            for (short version : new short[] {interview.newest(ApiKeys.PRODUCE), BEFORE_RECORD_ERRORS}) {
                int partition = next++;
                String about = damage.getKey();
                interview.ask(about, version, (w, v) -> produce(w, v, "damaged", partition, damage.getValue()));
                interview.ask("after " + about, ApiKeys.FETCH, (w, v) -> fetch(w, v, "damaged", partition, 0));
            }
        }
    }

    private static void kindsOfTopics(Interview interview) throws Exception {
        Map<String, Map<String, String>> kinds = new LinkedHashMap<>();
        kinds.put("of-append-time", Map.of("message.timestamp.type", "LogAppendTime"));
        kinds.put("of-gzip", Map.of("compression.type", "gzip"));
        kinds.put("of-zstd", Map.of("compression.type", "zstd"));
        kinds.put("of-none", Map.of("compression.type", "uncompressed"));
        kinds.put("of-small-messages", Map.of("max.message.bytes", "100"));
        kinds.put("of-small-decompressed", Map.of("max.decompressed.message.bytes", "1000"));
        kinds.put(
                "of-the-past",
                Map.of("message.timestamp.before.max.ms", "1000", "message.timestamp.after.max.ms", "1000"));
        Map<String, byte[]> batches = new LinkedHashMap<>(damages());
        batches.keySet().retainAll(OF_INTEREST_TO_ALL_KINDS);
        for (Map.Entry<String, Map<String, String>> kind : kinds.entrySet()) {
            String name = kind.getKey();
            interview.ask("prepare " + name, ApiKeys.CREATE_TOPICS, (_, _) -> {
                CreatableTopic topic = topic(name, kind.getValue()).setNumPartitions(batches.size());
                return createTopics(topic);
            });
            int next = 0;
            for (Map.Entry<String, byte[]> batch : batches.entrySet()) {
                int partition = next++;
                String about = batch.getKey() + ", " + name;
                interview.ask(about, ApiKeys.PRODUCE, (w, v) -> produce(w, v, name, partition, batch.getValue()));
                interview.ask("after " + about, ApiKeys.FETCH, (w, v) -> fetch(w, v, name, partition, 0));
            }
        }
    }
}

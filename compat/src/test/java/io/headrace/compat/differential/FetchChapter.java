package io.headrace.compat.differential;

import static io.headrace.compat.differential.Batches.produce;
import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.topic;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchRequestData.ForgottenTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** Fetch: offsets, sizes, epochs, addresses and sessions. */
final class FetchChapter implements Chapter {

    private static final int BY_ID = 13;
    private static final int FIRST_WITH_SESSIONS = 7;
    private static final int BATCHES = 5;
    private static final int ALL_BYTES = 52_428_800;

    @Override
    public void ask(Interview interview) throws Exception {
        interview.ask(
                "prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic("read", 4, 1), topic("read-too", 2, 1)));
        for (int i = 0; i < BATCHES; i++) {
            interview.ask("prepare", ApiKeys.PRODUCE, (w, v) -> produce(w, v, "read", 0, Batches.of(3)));
            interview.ask("prepare", ApiKeys.PRODUCE, (w, v) -> produce(w, v, "read", 1, Batches.of(1)));
            interview.ask("prepare", ApiKeys.PRODUCE, (w, v) -> produce(w, v, "read-too", 0, Batches.of(2)));
        }
        interview.ask(
                "prepare",
                ApiKeys.DELETE_RECORDS,
                (_, _) -> new DeleteRecordsRequestData()
                        .setTimeoutMs(10_000)
                        .setTopics(List.of(new DeleteRecordsTopic()
                                .setName("read")
                                .setPartitions(List.of(new DeleteRecordsPartition()
                                        .setPartitionIndex(1)
                                        .setOffset(2))))));
        offsets(interview);
        sizes(interview);
        addresses(interview);
        sessions(interview);
    }

    private static void offsets(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.FETCH;
        for (long offset : new long[] {0, 1, 2, 3, 4, 14, 15, 16, 1000, -1, -2, Long.MAX_VALUE}) {
            interview.askAtAllVersions("from " + offset, api, (w, v) -> fetch(w, v, "read", 0, offset));
            interview.ask("after a deletion from " + offset, api, (w, v) -> fetch(w, v, "read", 1, offset));
            interview.ask("an empty partition from " + offset, api, (w, v) -> fetch(w, v, "read", 2, offset));
        }
        for (int epoch : new int[] {-1, 0, 1, 5, -2}) {
            interview.askAtAllVersions("leader epoch " + epoch, api, (w, v) -> {
                FetchRequestData request = fetch(w, v, "read", 0, 0);
                partition(request).setCurrentLeaderEpoch(epoch);
                return request;
            });
            interview.askAtAllVersions("last fetched epoch " + epoch, api, (w, v) -> {
                FetchRequestData request = fetch(w, v, "read", 0, 3);
                partition(request).setLastFetchedEpoch(epoch);
                return request;
            });
        }
        for (int level : new int[] {0, 1, 2, -1}) {
            interview.askAtAllVersions(
                    "isolation level " + level,
                    api,
                    (w, v) -> fetch(w, v, "read", 0, 0).setIsolationLevel((byte) level));
        }
        interview.askAtAllVersions("log start offset 5", api, (w, v) -> {
            FetchRequestData request = fetch(w, v, "read", 0, 0);
            partition(request).setLogStartOffset(5);
            return request;
        });
        interview.askAtAllVersions(
                "as a replica", api, (w, v) -> fetch(w, v, "read", 0, 0).setReplicaId(7));
        interview.askAtAllVersions(
                "from a rack", api, (w, v) -> fetch(w, v, "read", 0, 0).setRackId("r"));
        interview.ask(
                "waiting for more than there is",
                api,
                (w, v) -> fetch(w, v, "read", 0, 15).setMinBytes(1).setMaxWaitMs(50));
        interview.ask(
                "waiting for a byte that is there",
                api,
                (w, v) -> fetch(w, v, "read", 0, 12).setMinBytes(1).setMaxWaitMs(5_000));
        interview.ask(
                "not waiting for an error",
                api,
                (w, v) -> fetch(w, v, "read", 0, 99).setMinBytes(1).setMaxWaitMs(5_000));
        interview.ask(
                "negative wait",
                api,
                (w, v) -> fetch(w, v, "read", 0, 15).setMinBytes(1).setMaxWaitMs(-5));
    }

    private static void sizes(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.FETCH;
        for (int bytes : new int[] {0, 1, 60, 150, 200, 1000, -1}) {
            interview.askAtAllVersions(
                    "at most " + bytes, api, (w, v) -> fetch(w, v, "read", 0, 0).setMaxBytes(bytes));
            interview.askAtAllVersions("at most " + bytes + " of the partition", api, (w, v) -> {
                FetchRequestData request = fetch(w, v, "read", 0, 0);
                partition(request).setPartitionMaxBytes(bytes);
                return request;
            });
            interview.ask("at most " + bytes + " of each of two", api, (w, v) -> {
                FetchRequestData request = fetch(w, v, "read", 0, 0);
                request.topics().add(topicPart(w, v, "read-too", 0, 0));
                request.topics().forEach(topic -> topic.partitions().getFirst().setPartitionMaxBytes(bytes));
                return request;
            });
        }
    }

    private static void addresses(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.FETCH;
        interview.askAtAllVersions("an unknown topic", api, (w, v) -> fetch(w, v, "nowhere", 0, 0));
        interview.askAtAllVersions("an unknown partition", api, (w, v) -> fetch(w, v, "read", 9, 0));
        interview.askAtAllVersions("a negative partition", api, (w, v) -> fetch(w, v, "read", -1, 0));
        interview.askAtAllVersions("nothing", api, (_, _) -> request());
        interview.ask("a bad name", 12, (w, v) -> fetch(w, v, "a b", 0, 0));
        interview.ask("the zero id", api, (w, v) -> {
            FetchRequestData request = fetch(w, v, "read", 0, 0);
            request.topics().getFirst().setTopicId(Uuid.ZERO_UUID);
            return request;
        });
        interview.askAtAllVersions("one topic twice", api, (w, v) -> {
            FetchRequestData request = fetch(w, v, "read", 0, 0);
            request.topics().add(topicPart(w, v, "read", 1, 3));
            return request;
        });
        interview.askAtAllVersions("several, some wrong", api, (w, v) -> {
            FetchRequestData request = fetch(w, v, "read", 0, 0);
            request.topics().add(topicPart(w, v, "nowhere", 0, 0));
            request.topics().add(topicPart(w, v, "read-too", 7, 0));
            request.topics().add(topicPart(w, v, "read-too", 0, 90));
            return request;
        });
        interview.ask(
                "of another cluster", api, (w, v) -> fetch(w, v, "read", 0, 0).setClusterId("another"));
    }

    private static void sessions(Interview interview) throws Exception {
        for (short version : new short[] {FIRST_WITH_SESSIONS, 12, interview.newest(ApiKeys.FETCH)}) {
            interview.reconnect();
            String session = "session at " + version;
            interview.ask("a new session", version, (w, v) -> {
                FetchRequestData request = fetch(w, v, "read", 0, 12).setSessionEpoch(0);
                request.topics()
                        .getFirst()
                        .partitions()
                        .add(topicPart(w, v, "read", 2, 0).partitions().getFirst());
                return request;
            });
            interview.note(session, FetchResponseData.class, FetchResponseData::sessionId);
            interview.ask("nothing new", version, (w, _) -> continued(w, session, 1));
            interview.ask("a new offset", version, (w, v) -> {
                FetchRequestData request = continued(w, session, 2);
                request.topics().add(topicPart(w, v, "read", 0, 15));
                return request;
            });
            interview.ask("nothing new again", version, (w, _) -> continued(w, session, 3));
            interview.ask("something to see", ApiKeys.PRODUCE, (w, v) -> produce(w, v, "read", 2, Batches.of(1)));
            interview.ask("what is new", version, (w, _) -> continued(w, session, 4));
            interview.ask("what is still there", version, (w, _) -> continued(w, session, 5));
            interview.ask("an epoch again", version, (w, _) -> continued(w, session, 5));
            interview.ask("an epoch too far", version, (w, _) -> continued(w, session, 9));
            interview.ask("one more partition, one unknown", version, (w, v) -> {
                FetchRequestData request = continued(w, session, 6);
                request.topics().add(topicPart(w, v, "read-too", 0, 0));
                request.topics().add(topicPart(w, v, "nowhere", 0, 0));
                return request;
            });
            interview.ask("an offset that is not there", version, (w, v) -> {
                FetchRequestData request = continued(w, session, 7);
                request.topics().add(topicPart(w, v, "read-too", 0, 500));
                return request;
            });
            interview.ask("still not there", version, (w, _) -> continued(w, session, 8));
            interview.ask("forgotten", version, (w, v) -> {
                FetchRequestData request = continued(w, session, 9);
                request.forgottenTopicsData().add(forgotten(w, v, "read-too", 0));
                request.forgottenTopicsData().add(forgotten(w, v, "nowhere", 0));
                request.forgottenTopicsData().add(forgotten(w, v, "read", 3));
                return request;
            });
            interview.ask("after forgetting", version, (w, _) -> continued(w, session, 10));
            interview.ask(
                    "an unknown session",
                    version,
                    (_, _) -> request().setSessionId(12345).setSessionEpoch(1));
            interview.ask(
                    "no session, epoch 3",
                    version,
                    (_, _) -> request().setSessionId(0).setSessionEpoch(3));
            interview.ask(
                    "closed",
                    version,
                    (w, v) -> fetch(w, v, "read", 0, 12)
                            .setSessionId((int) w.noted(session))
                            .setSessionEpoch(-1));
            interview.ask("after the close", version, (w, _) -> continued(w, session, 11));
            interview.ask("an empty session", version, (_, _) -> request().setSessionEpoch(0));
        }
        interview.reconnect();
    }

    static FetchRequestData fetch(Witness witness, short version, String topic, int partition, long offset) {
        FetchRequestData request = request();
        request.topics().add(topicPart(witness, version, topic, partition, offset));
        return request;
    }

    private static FetchRequestData request() {
        return new FetchRequestData()
                .setMaxWaitMs(0)
                .setMinBytes(0)
                .setMaxBytes(ALL_BYTES)
                .setSessionEpoch(-1)
                .setTopics(new ArrayList<>());
    }

    private static FetchRequestData continued(Witness witness, String session, int epoch) {
        return request().setSessionId((int) witness.noted(session)).setSessionEpoch(epoch);
    }

    private static FetchPartition partition(FetchRequestData request) {
        return request.topics().getFirst().partitions().getFirst();
    }

    private static FetchTopic topicPart(Witness witness, short version, String topic, int partition, long offset) {
        FetchTopic part = new FetchTopic()
                .setPartitions(new ArrayList<>(List.of(new FetchPartition()
                        .setPartition(partition)
                        .setFetchOffset(offset)
                        .setPartitionMaxBytes(ALL_BYTES))));
        return version < BY_ID ? part.setTopic(topic) : part.setTopicId(witness.topicId(topic));
    }

    private static ForgottenTopic forgotten(Witness witness, short version, String topic, int partition) {
        ForgottenTopic forgotten = new ForgottenTopic().setPartitions(List.of(partition));
        return version < BY_ID ? forgotten.setTopic(topic) : forgotten.setTopicId(witness.topicId(topic));
    }
}

package io.headrace.compat.differential;

import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.topic;
import static io.headrace.compat.differential.TransactionRequests.addGroup;
import static io.headrace.compat.differential.TransactionRequests.addPartitions;
import static io.headrace.compat.differential.TransactionRequests.commitOffset;
import static io.headrace.compat.differential.TransactionRequests.describe;
import static io.headrace.compat.differential.TransactionRequests.end;
import static io.headrace.compat.differential.TransactionRequests.init;
import static io.headrace.compat.differential.TransactionRequests.markers;
import static io.headrace.compat.differential.TransactionRequests.transactional;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData;
import org.apache.kafka.common.protocol.ApiKeys;

/** Transactions of both protocols step by step, right and wrong, each version with a transactional id of its own. */
final class TransactionChapter implements Chapter {

    private static final String TOPIC = "transacted";
    private static final String UNKNOWN = "never-heard-of";
    private static final byte TRANSACTION_KEY = 1;
    private static final int LAST_OF_CLIENTS = 3;
    private static final int FIRST_WITH_IDS = 6;
    private static final int FIRST_THAT_BUMPS = 5;
    private static final int FIRST_THAT_ADDS = 12;

    @Override
    public void ask(Interview interview) throws Exception {
        interview.ask("prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic(TOPIC, 4, 1)));
        interview.ready(
                "the transaction topic",
                (_, _) -> new FindCoordinatorRequestData()
                        .setKeyType(TRANSACTION_KEY)
                        .setCoordinatorKeys(List.of("any")));
        for (String id : ids(interview)) {
            interview.ready(id, (_, _) -> describe(id));
        }
        for (String group : groups(interview)) {
            interview.ready(group, (_, _) -> new FindCoordinatorRequestData().setCoordinatorKeys(List.of(group)));
            interview.ready(group, (w, v) -> commitOffset(w, v, "nobody", 1, 0, group, TOPIC, 0));
        }
        beginnings(interview);
        additions(interview);
        ends(interview);
        offsets(interview);
        produced(interview);
        markersOfOthers(interview);
        views(interview);
    }

    private static List<String> ids(Interview interview) {
        List<String> ids = new ArrayList<>(List.of("begun", "too-long", UNKNOWN, "viewed", "asked-by-a-broker"));
        ids.addAll(numbered("added-", interview.newest(ApiKeys.ADD_PARTITIONS_TO_TXN)));
        ids.addAll(numbered("ended-", interview.newest(ApiKeys.END_TXN)));
        ids.addAll(numbered("committed-", interview.newest(ApiKeys.TXN_OFFSET_COMMIT)));
        ids.addAll(numbered("offered-", interview.newest(ApiKeys.ADD_OFFSETS_TO_TXN)));
        ids.addAll(numbered("produced-", interview.newest(ApiKeys.PRODUCE)));
        return ids;
    }

    private static List<String> groups(Interview interview) {
        List<String> groups = new ArrayList<>(List.of("transacting"));
        groups.addAll(numbered("transacting-", interview.newest(ApiKeys.TXN_OFFSET_COMMIT)));
        return groups;
    }

    private static List<String> numbered(String name, int last) {
        List<String> names = new ArrayList<>();
        for (int version = 0; version <= last; version++) {
            names.add(name + version);
        }
        return names;
    }

    /** Asks for a producer id and notes it, and its epoch, under the transactional id. */
    private static void begin(Interview interview, String id) throws Exception {
        interview.ask(id + " begins", ApiKeys.INIT_PRODUCER_ID, (_, _) -> init(id));
        note(interview, id);
    }

    private static void note(Interview interview, String id) {
        interview.note(id, InitProducerIdResponseData.class, InitProducerIdResponseData::producerId);
        interview.note(epochOf(id), InitProducerIdResponseData.class, InitProducerIdResponseData::producerEpoch);
    }

    private static String epochOf(String id) {
        return id + " epoch";
    }

    private static long producer(Witness witness, String id) {
        return witness.noted(id);
    }

    private static int epoch(Witness witness, String id) {
        return (int) witness.noted(epochOf(id));
    }

    private static void awaitMarkers(Interview interview, String id) throws Exception {
        interview.ready("the markers of " + id, (_, _) -> describe(id));
    }

    private static void beginnings(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.INIT_PRODUCER_ID;
        interview.askAtAllVersions("begun", api, (_, _) -> init("begun"));
        note(interview, "begun");
        for (int timeoutMs : new int[] {0, -1, 900_001}) {
            interview.askAtAllVersions(
                    "with timeout " + timeoutMs, api, (_, _) -> init("too-long").setTransactionTimeoutMs(timeoutMs));
        }
        interview.askAtAllVersions(
                "with the longest timeout", api, (_, _) -> init("too-long").setTransactionTimeoutMs(900_000));
        interview.askAtAllVersions(
                "an epoch without id", api, (_, _) -> init("begun").setProducerEpoch((short) 1));
        interview.askAtAllVersions(
                "an id without epoch", api, (w, _) -> init("begun").setProducerId(producer(w, "begun")));
        interview.askAtAllVersions(
                "another's id",
                api,
                (_, _) -> init("begun").setProducerId(987_654).setProducerEpoch((short) 0));
        interview.askAtAllVersions("an epoch of the future", api, (w, _) -> again(w, "begun", 5));
        interview.askAtAllVersions("an epoch of the past", api, (w, _) -> again(w, "begun", -1));
        interview.ask("the same again", api, (w, _) -> again(w, "begun", 0));
        interview.ask("the same again, repeated", api, (w, _) -> again(w, "begun", 0));
        note(interview, "begun");
        interview.ask(
                "an id and an epoch that nobody has",
                api,
                (_, _) -> init(UNKNOWN).setProducerId(987_655).setProducerEpoch((short) 3));
    }

    private static InitProducerIdRequestData again(Witness witness, String id, int more) {
        return init(id).setProducerId(producer(witness, id)).setProducerEpoch((short) (epoch(witness, id) + more));
    }

    private static void additions(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.ADD_PARTITIONS_TO_TXN;
        for (int v = interview.oldest(api); v <= LAST_OF_CLIENTS; v++) {
            String id = "added-" + v;
            begin(interview, id);
            interview.ask("added", v, (w, _) -> addPartitions(id, producer(w, id), epoch(w, id), TOPIC, 0, 1));
            interview.ask("added again", v, (w, _) -> addPartitions(id, producer(w, id), epoch(w, id), TOPIC, 1, 2));
            interview.ask(
                    "an unknown partition", v, (w, _) -> addPartitions(id, producer(w, id), epoch(w, id), TOPIC, 3, 9));
            interview.ask(
                    "an unknown topic", v, (w, _) -> addPartitions(id, producer(w, id), epoch(w, id), "nowhere", 0));
            interview.ask("nothing added", v, (w, _) -> addPartitions(id, producer(w, id), epoch(w, id), TOPIC));
            interview.ask(
                    "of the wrong epoch", v, (w, _) -> addPartitions(id, producer(w, id), epoch(w, id) + 1, TOPIC, 0));
            interview.ask("of the wrong producer", v, (w, _) -> addPartitions(id, 987_654, epoch(w, id), TOPIC, 0));
            interview.ask("of nobody", v, (_, _) -> addPartitions(UNKNOWN, 987_654, 0, TOPIC, 0));
            interview.ask("of no name", v, (_, _) -> addPartitions("", 987_654, 0, TOPIC, 0));
            interview.ask("added so far", ApiKeys.DESCRIBE_TRANSACTIONS, (_, _) -> describe(id));
        }
        String id = "asked-by-a-broker";
        begin(interview, id);
        for (int v = LAST_OF_CLIENTS + 1; v <= interview.newest(api); v++) {
            for (boolean verifyOnly : new boolean[] {true, false, true}) {
                interview.ask(
                        (verifyOnly ? "verified" : "added") + " by a broker",
                        v,
                        (w, _) -> TransactionRequests.verify(verifyOnly, id, producer(w, id), epoch(w, id), TOPIC, 0));
                interview.ask(
                        (verifyOnly ? "verified" : "added") + " by a broker, of nobody",
                        v,
                        (_, _) -> TransactionRequests.verify(verifyOnly, UNKNOWN, 987_654, 0, TOPIC, 0));
            }
            interview.ask(
                    "verified by a broker, not all there",
                    v,
                    (w, _) -> TransactionRequests.verify(true, id, producer(w, id), epoch(w, id), TOPIC, 0, 3));
            interview.ask(
                    "verified by a broker, of the wrong epoch",
                    v,
                    (w, _) -> TransactionRequests.verify(true, id, producer(w, id), epoch(w, id) + 1, TOPIC, 0));
        }
    }

    private static void ends(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.END_TXN;
        for (int v = interview.oldest(api); v <= interview.newest(api); v++) {
            String id = "ended-" + v;
            boolean bumps = v >= FIRST_THAT_BUMPS;
            begin(interview, id);
            interview.ask("of nobody", v, (_, _) -> end(UNKNOWN, 987_654, 0, true));
            interview.ask("of no name", v, (_, _) -> end("", 987_654, 0, true));
            interview.ask("committed, empty", v, (w, _) -> end(id, producer(w, id), epoch(w, id), true));
            awaitMarkers(interview, id);
            begin(interview, id);
            for (boolean commit : new boolean[] {true, false}) {
                String how = commit ? "committed" : "aborted";
                addOne(interview, id);
                interview.ask(how + ", wrong epoch", v, (w, _) -> end(id, producer(w, id), epoch(w, id) + 3, commit));
                interview.ask(how + ", wrong producer", v, (w, _) -> end(id, 987_654, epoch(w, id), commit));
                interview.ask(how, v, (w, _) -> end(id, producer(w, id), epoch(w, id), commit));
                awaitMarkers(interview, id);
                interview.ask(how + " again", v, (w, _) -> end(id, producer(w, id), epoch(w, id), commit));
                interview.ask(how + ", the other way", v, (w, _) -> end(id, producer(w, id), epoch(w, id), !commit));
                awaitMarkers(interview, id);
                interview.ask("what became of it, " + how, ApiKeys.DESCRIBE_TRANSACTIONS, (_, _) -> describe(id));
                if (bumps) {
                    interview.ask(
                            how + " in the next epoch",
                            v,
                            (w, _) -> end(id, producer(w, id), epoch(w, id) + 1, commit));
                    awaitMarkers(interview, id);
                }
                begin(interview, id);
            }
            interview.ask("aborted, empty", v, (w, _) -> end(id, producer(w, id), epoch(w, id), false));
            awaitMarkers(interview, id);
        }
    }

    private static void addOne(Interview interview, String id) throws Exception {
        interview.ask(id, LAST_OF_CLIENTS, (w, _) -> addPartitions(id, producer(w, id), epoch(w, id), TOPIC, 3));
    }

    private static void offsets(Interview interview) throws Exception {
        for (int v = 0; v <= interview.newest(ApiKeys.ADD_OFFSETS_TO_TXN); v++) {
            String id = "offered-" + v;
            begin(interview, id);
            interview.ask("a group", v, (w, _) -> addGroup(id, producer(w, id), epoch(w, id), "transacting"));
            interview.ask("no group", v, (w, _) -> addGroup(id, producer(w, id), epoch(w, id), ""));
            interview.ask("of the wrong epoch", v, (w, _) -> addGroup(id, producer(w, id), epoch(w, id) + 1, "g"));
            interview.ask("of the wrong producer", v, (w, _) -> addGroup(id, 987_654, epoch(w, id), "g"));
            interview.ask("of nobody", v, (_, _) -> addGroup(UNKNOWN, 987_654, 0, "g"));
        }
        for (int v = 0; v <= interview.newest(ApiKeys.TXN_OFFSET_COMMIT); v++) {
            String id = "committed-" + v;
            String group = "transacting-" + v;
            begin(interview, id);
            interview.ask(
                    group,
                    interview.newest(ApiKeys.ADD_OFFSETS_TO_TXN),
                    (w, _) -> addGroup(id, producer(w, id), epoch(w, id), group));
            interview.ask(
                    "an offset", v, (w, x) -> commitOffset(w, x, id, producer(w, id), epoch(w, id), group, TOPIC, 0));
            interview.ask(
                    "an unknown partition",
                    v,
                    (w, x) -> commitOffset(w, x, id, producer(w, id), epoch(w, id), group, TOPIC, 9));
            if (v < FIRST_WITH_IDS) {
                interview.ask(
                        "an unknown topic",
                        v,
                        (w, x) -> commitOffset(w, x, id, producer(w, id), epoch(w, id), group, "nowhere", 0));
            }
            interview.ask("no group", v, (w, x) -> commitOffset(w, x, id, producer(w, id), epoch(w, id), "", TOPIC, 0));
            interview.ask(
                    "a member's that is not there",
                    v,
                    (w, x) -> TransactionRequests.ofMember(
                            commitOffset(w, x, id, producer(w, id), epoch(w, id), group, TOPIC, 0), x));
            interview.ask("ended", LAST_OF_CLIENTS, (w, _) -> end(id, producer(w, id), epoch(w, id), true));
            awaitMarkers(interview, id);
            interview.ask(
                    "what " + group + " has",
                    ApiKeys.OFFSET_FETCH,
                    (w, x) -> TransactionRequests.fetch(w, x, group, TOPIC));
        }
    }

    /** Up to version 11 a partition must have been added before; from 12 on producing to it adds it. */
    private static void produced(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.PRODUCE;
        for (int v : new int[] {7, FIRST_THAT_ADDS - 1, FIRST_THAT_ADDS, interview.newest(api)}) {
            String id = "produced-" + v;
            begin(interview, id);
            interview.ask(
                    "in a transaction, not added",
                    v,
                    (w, x) -> Batches.produce(w, x, TOPIC, 0, transactional(producer(w, id), epoch(w, id), 0))
                            .setTransactionalId(id));
            interview.ask(id, LAST_OF_CLIENTS, (w, _) -> addPartitions(id, producer(w, id), epoch(w, id), TOPIC, 1));
            interview.ask(
                    "in a transaction, added",
                    v,
                    (w, x) -> Batches.produce(w, x, TOPIC, 1, transactional(producer(w, id), epoch(w, id), 0))
                            .setTransactionalId(id));
            interview.ask(
                    "in a transaction, of the wrong epoch",
                    v,
                    (w, x) -> Batches.produce(w, x, TOPIC, 1, transactional(producer(w, id), epoch(w, id) + 1, 0))
                            .setTransactionalId(id));
            interview.ask(id + " is open", ApiKeys.DESCRIBE_TRANSACTIONS, (_, _) -> describe(id));
            interview.ask("ended", LAST_OF_CLIENTS, (w, _) -> end(id, producer(w, id), epoch(w, id), v % 2 == 0));
            awaitMarkers(interview, id);
        }
    }

    private static void markersOfOthers(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.WRITE_TXN_MARKERS;
        interview.askAtAllVersions("of nobody", api, (_, _) -> markers(987_654, 0, 0, true, TOPIC, 2));
        interview.askAtAllVersions("of nobody, again", api, (_, _) -> markers(987_654, 0, 0, false, TOPIC, 2));
        interview.askAtAllVersions("of an older epoch", api, (_, _) -> markers(987_654, -1, 0, true, TOPIC, 2));
        interview.askAtAllVersions("of a newer epoch", api, (_, _) -> markers(987_654, 4, 0, true, TOPIC, 2));
        interview.askAtAllVersions("of an older coordinator", api, (_, _) -> markers(987_654, 4, -1, true, TOPIC, 2));
        interview.askAtAllVersions("an unknown partition", api, (_, _) -> markers(987_654, 4, 0, true, TOPIC, 9));
        interview.askAtAllVersions("an unknown topic", api, (_, _) -> markers(987_654, 4, 0, true, "nowhere", 0));
        interview.askAtAllVersions("no markers", api, (_, _) -> new WriteTxnMarkersRequestData());
    }

    private static void views(Interview interview) throws Exception {
        String id = "viewed";
        begin(interview, id);
        addOne(interview, id);
        interview.ask(
                "several",
                ApiKeys.DESCRIBE_TRANSACTIONS,
                (_, _) -> new DescribeTransactionsRequestData()
                        .setTransactionalIds(List.of(id, UNKNOWN, "", "begun", id)));
        interview.ask("none", ApiKeys.DESCRIBE_TRANSACTIONS, (_, _) -> new DescribeTransactionsRequestData());

        ApiKeys api = ApiKeys.LIST_TRANSACTIONS;
        interview.askAtAllVersions("all", api, (_, _) -> new ListTransactionsRequestData());
        for (String state : List.of("Ongoing", "Empty", "CompleteCommit", "ongoing", "Nonsense", "")) {
            interview.askAtAllVersions(
                    "in state '" + state + "'",
                    api,
                    (_, _) -> new ListTransactionsRequestData().setStateFilters(List.of("Dead", state)));
        }
        interview.askAtAllVersions(
                "of one",
                api,
                (w, _) -> new ListTransactionsRequestData().setProducerIdFilters(List.of(producer(w, id))));
        interview.askAtAllVersions(
                "of nobody", api, (_, _) -> new ListTransactionsRequestData().setProducerIdFilters(List.of(987_654L)));
        for (long durationMs : new long[] {0, 1_000_000_000L, -5}) {
            interview.askAtAllVersions(
                    "for " + durationMs,
                    api,
                    (_, _) -> new ListTransactionsRequestData().setDurationFilter(durationMs));
        }
        for (String pattern : List.of("view.*", "view", "(", "")) {
            interview.askAtAllVersions(
                    "named like '" + pattern + "'",
                    api,
                    (_, _) -> new ListTransactionsRequestData().setTransactionalIdPattern(pattern));
        }
    }
}

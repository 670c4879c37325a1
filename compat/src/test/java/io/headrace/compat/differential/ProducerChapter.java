package io.headrace.compat.differential;

import static io.headrace.compat.differential.Batches.produce;
import static io.headrace.compat.differential.FetchChapter.fetch;
import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.topic;

import java.util.List;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData.TopicRequest;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** InitProducerId, idempotent produces in every order, and DescribeProducers. */
final class ProducerChapter implements Chapter {

    @Override
    public void ask(Interview interview) throws Exception {
        interview.ask("prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic("once", 4, 1)));
        ids(interview);
        interview.ask(
                "an id", ApiKeys.INIT_PRODUCER_ID, (_, _) -> new InitProducerIdRequestData().setTransactionalId(null));
        interview.note("producer", InitProducerIdResponseData.class, InitProducerIdResponseData::producerId);
        sequences(interview);
        epochs(interview);
        descriptions(interview);
        interview.ask("what is there", ApiKeys.FETCH, (w, v) -> fetch(w, v, "once", 0, 0));
        interview.ask("what is there", ApiKeys.FETCH, (w, v) -> fetch(w, v, "once", 1, 0));
        interview.ask("what is there", ApiKeys.FETCH, (w, v) -> fetch(w, v, "once", 2, 0));
    }

    private static void ids(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.INIT_PRODUCER_ID;
        interview.askAtAllVersions("no transactions", api, (_, _) -> id(-1, -1));
        interview.askAtAllVersions("timeout 0", api, (_, _) -> id(-1, -1).setTransactionTimeoutMs(0));
        interview.askAtAllVersions("timeout -1", api, (_, _) -> id(-1, -1).setTransactionTimeoutMs(-1));
        interview.askAtAllVersions(
                "timeout highest", api, (_, _) -> id(-1, -1).setTransactionTimeoutMs(Integer.MAX_VALUE));
        interview.askAtAllVersions(
                "an empty transactional id", api, (_, _) -> id(-1, -1).setTransactionalId(""));
        interview.askAtAllVersions("an id and an epoch", api, (_, _) -> id(1_000, 3));
        interview.askAtAllVersions("an id without epoch", api, (_, _) -> id(1_000, -1));
        interview.askAtAllVersions("an epoch without id", api, (_, _) -> id(-1, 3));
    }

    private static InitProducerIdRequestData id(long id, int epoch) {
        return new InitProducerIdRequestData()
                .setTransactionalId(null)
                .setTransactionTimeoutMs(60_000)
                .setProducerId(id)
                .setProducerEpoch((short) epoch);
    }

    private static void sequences(Interview interview) throws Exception {
        int[][] sequenceAndCount = {
            {0, 2},
            {2, 1},
            {2, 1},
            {0, 2},
            {3, 3},
            {6, 1},
            {7, 1},
            {8, 1},
            {9, 1},
            {0, 2},
            {3, 3},
            {12, 1},
            {3, 2},
            {10, 2},
            {2_147_483_647, 1},
            {-1, 1},
            {12, 1},
        };
        for (int[] step : sequenceAndCount) {
            interview.ask(
                    step[1] + " from sequence " + step[0],
                    ApiKeys.PRODUCE,
                    (w, v) -> produce(w, v, "once", 0, Batches.idempotent(w.noted("producer"), 0, step[0], step[1])));
        }
        interview.ask(
                "two batches of one producer",
                ApiKeys.PRODUCE,
                (w, v) -> produce(
                        w,
                        v,
                        "once",
                        0,
                        Batches.joined(
                                Batches.idempotent(w.noted("producer"), 0, 13, 1),
                                Batches.idempotent(w.noted("producer"), 0, 14, 1))));
        interview.ask(
                "from sequence 5 where nothing was",
                ApiKeys.PRODUCE,
                (w, v) -> produce(w, v, "once", 1, Batches.idempotent(w.noted("producer"), 0, 5, 1)));
        interview.ask(
                "up to the highest sequence",
                ApiKeys.PRODUCE,
                (w, v) ->
                        produce(w, v, "once", 3, Batches.idempotent(w.noted("producer"), 0, Integer.MAX_VALUE - 1, 2)));
        interview.ask(
                "beyond the highest sequence",
                ApiKeys.PRODUCE,
                (w, v) -> produce(w, v, "once", 3, Batches.idempotent(w.noted("producer"), 0, 0, 2)));
        interview.ask(
                "over the highest sequence",
                ApiKeys.PRODUCE,
                (w, v) -> produce(w, v, "once", 3, Batches.idempotent(w.noted("producer"), 3, Integer.MAX_VALUE, 3)));
    }

    private static void epochs(Interview interview) throws Exception {
        int[][] epochAndSequence = {{1, 0}, {0, 3}, {1, 1}, {3, 0}, {2, 0}, {4, 7}, {3, 1}, {32_767, 0}, {0, 0}};
        for (int[] step : epochAndSequence) {
            interview.ask(
                    "sequence " + step[1] + " of epoch " + step[0],
                    ApiKeys.PRODUCE,
                    (w, v) -> produce(w, v, "once", 2, Batches.idempotent(w.noted("producer"), step[0], step[1], 1)));
        }
        interview.ask(
                "a producer that nobody knows, sequence 0",
                ApiKeys.PRODUCE,
                (w, v) -> produce(w, v, "once", 2, Batches.idempotent(777_777, 0, 0, 1)));
        interview.ask(
                "a producer that nobody knows, sequence 9",
                ApiKeys.PRODUCE,
                (w, v) -> produce(w, v, "once", 2, Batches.idempotent(777_778, 5, 9, 1)));
    }

    private static void descriptions(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.DESCRIBE_PRODUCERS;
        for (int partition : new int[] {0, 1, 2, 3, 4, -1}) {
            interview.ask("partition " + partition, api, (_, _) -> producers("once", partition));
        }
        interview.ask("an unknown topic", api, (_, _) -> producers("nowhere", 0));
        interview.ask("a bad name", api, (_, _) -> producers("a b", 0));
        interview.ask("twice", api, (_, _) -> producers("once", 0, 0));
        interview.ask("nothing", api, (_, _) -> new DescribeProducersRequestData());
    }

    private static DescribeProducersRequestData producers(String topic, Integer... partitions) {
        DescribeProducersRequestData request = new DescribeProducersRequestData();
        request.topics().add(new TopicRequest().setName(topic).setPartitionIndexes(List.of(partitions)));
        return request;
    }
}

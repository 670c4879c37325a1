package io.headrace.coordination.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Producers of both protocols, some of which share a transactional id, under crashes of the coordinator between any two
 * writes and of itself between any two markers: every transaction is whole, and ends as its producer was told.
 * {@code -Dheadrace.seeds=N} tries more of them.
 */
class TransactionPropertyTest {

    private static final int STEPS = 1_500;
    private static final int PARTITIONS = 3;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyTransactionIsWhole(long seed) {
        Life life = new Life(seed);
        for (int step = 0; step < STEPS; step++) {
            life.step();
        }
        life.end();
    }

    /** A transaction as its producer sees it; {@code told} is null until it was told an outcome. */
    private static final class Transaction {
        private Boolean told;
        private final Map<TopicPartition, Boolean> outcomes = new LinkedHashMap<>();
    }

    private static final class Client {
        private final String id;
        private final boolean bumpsEpoch;
        private long producerId = -1;
        private short epoch = -1;
        private Transaction current;
        private boolean commit;
        private boolean ending;
        private long ticket = -1;
        private TopicPartition asked;

        Client(String id, boolean bumpsEpoch) {
            this.id = id;
            this.bumpsEpoch = bumpsEpoch;
        }

        void startOver() {
            producerId = -1;
            current = null;
            ending = false;
        }
    }

    private static final class Life {
        private final Random random;
        private final TransactionRig rig;
        private final List<Client> clients = new ArrayList<>();
        private final List<Transaction> transactions = new ArrayList<>();
        private final TestPartitions<Transaction> partitions = new TestPartitions<>();
        private long nextProducerId = 100;
        private int committed;

        Life(long seed) {
            random = new Random(seed);
            rig = new TransactionRig(this::answered);
            clients.add(new Client("shared", true));
            clients.add(new Client("shared", true));
            clients.add(new Client("old", false));
            clients.add(new Client("old", false));
            clients.add(new Client("alone", true));
        }

        void step() {
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> rig.flush(1 + random.nextInt(3));
                case 4, 5, 6 -> runTask();
                case 7 -> rig.advance(random.nextInt(30) == 0 ? 61_000 : random.nextInt(300), () -> {});
                case 8 -> crashSometimes();
                default -> act(clients.get(random.nextInt(clients.size())));
            }
        }

        private void crashSometimes() {
            if (random.nextInt(5) == 0) {
                rig.crash();
                clients.forEach(client -> client.ticket = -1);
            }
        }

        /** A marker may be written and the crash come before anybody hears of it. */
        private void runTask() {
            TransactionTask task = rig.tasks.poll();
            switch (task) {
                case null -> {}
                case TransactionTask.TakeProducerId(String id) ->
                    rig.step(new TransactionEvent.ProducerIdTaken(id, random.nextInt(10) == 0 ? -1 : nextProducerId++));
                case TransactionTask.WriteMarkers writing -> {
                    for (TopicPartition partition : writing.partitions()) {
                        writeMarker(partition, writing);
                        if (random.nextInt(30) == 0) {
                            rig.crash();
                            clients.forEach(client -> client.ticket = -1);
                            return;
                        }
                    }
                    rig.step(new TransactionEvent.MarkersWritten(
                            writing.transactionalId(), writing.producerId(), writing.epoch()));
                }
            }
        }

        private void writeMarker(TopicPartition partition, TransactionTask.WriteMarkers writing) {
            Transaction ended = partitions.mark(partition, writing.producerId(), writing.epoch());
            if (ended != null) {
                ended.outcomes.put(partition, writing.commit());
            }
        }

        // ---- clients

        private void act(Client client) {
            if (client.ticket >= 0) {
                return;
            }
            if (client.producerId < 0) {
                InitProducerIdRequestData request = new InitProducerIdRequestData()
                        .setTransactionalId(client.id)
                        .setTransactionTimeoutMs(60_000);
                client.asked = null;
                ask(client, request, (short) 5);
            } else if (client.ending || (client.current != null && random.nextInt(4) == 0)) {
                if (!client.ending) {
                    client.ending = true;
                    client.commit = random.nextInt(3) > 0;
                }
                EndTxnRequestData request = new EndTxnRequestData()
                        .setTransactionalId(client.id)
                        .setProducerId(client.producerId)
                        .setProducerEpoch(client.epoch)
                        .setCommitted(client.commit);
                ask(client, request, (short) (client.bumpsEpoch ? 5 : 4));
            } else if (random.nextInt(40) == 0) {
                client.startOver();
            } else {
                client.asked = new TopicPartition("t", random.nextInt(PARTITIONS));
                client.ticket = rig.ask(ticket -> new TransactionEvent.Partitions(
                        ticket, client.id, client.producerId, client.epoch, List.of(client.asked), false, (short)
                                (client.bumpsEpoch ? 2 : 0)));
            }
        }

        private void ask(Client client, ApiMessage request, short version) {
            client.ticket = rig.ask(ticket -> new TransactionEvent.Request(ticket, version, request));
        }

        private void answered(long ticket, ApiMessage response) {
            for (Client client : clients) {
                if (client.ticket == ticket) {
                    client.ticket = -1;
                    switch (response) {
                        case InitProducerIdResponseData granted -> granted(client, granted);
                        case AddPartitionsToTxnResponseData added -> added(client, added);
                        case EndTxnResponseData ended -> ended(client, ended);
                        default -> throw new AssertionError(response);
                    }
                    return;
                }
            }
        }

        private static void granted(Client client, InitProducerIdResponseData response) {
            ErrorCode error = ErrorCode.forCode(response.errorCode());
            assertThat(error)
                    .isIn(ErrorCode.NONE, ErrorCode.CONCURRENT_TRANSACTIONS, ErrorCode.COORDINATOR_NOT_AVAILABLE);
            if (error == ErrorCode.NONE) {
                client.producerId = response.producerId();
                client.epoch = response.producerEpoch();
            }
        }

        private void added(Client client, AddPartitionsToTxnResponseData response) {
            ErrorCode error = ErrorCode.forCode(response.resultsByTransaction()
                    .iterator()
                    .next()
                    .topicResults()
                    .iterator()
                    .next()
                    .resultsByPartition()
                    .iterator()
                    .next()
                    .partitionErrorCode());
            switch (error) {
                case NONE -> write(client);
                case CONCURRENT_TRANSACTIONS -> {}
                default -> client.startOver();
            }
        }

        /** The partition takes the batch unless a later epoch has been there. */
        private void write(Client client) {
            if (client.current == null) {
                client.current = new Transaction();
                transactions.add(client.current);
            }
            if (partitions.isFenced(client.asked, client.producerId, client.epoch)) {
                client.startOver();
                return;
            }
            assertThat(partitions.open(client.asked, client.producerId))
                    .as("nothing of one transaction lands in the next")
                    .isIn(null, client.current);
            partitions.write(client.asked, client.producerId, client.epoch, client.current);
        }

        private void ended(Client client, EndTxnResponseData response) {
            switch (ErrorCode.forCode(response.errorCode())) {
                case NONE -> {
                    if (client.current != null) {
                        client.current.told = client.commit;
                        committed += client.commit ? 1 : 0;
                    }
                    if (client.bumpsEpoch) {
                        client.producerId = response.producerId();
                        client.epoch = response.producerEpoch();
                    }
                    client.current = null;
                    client.ending = false;
                }
                case CONCURRENT_TRANSACTIONS, COORDINATOR_NOT_AVAILABLE -> {}
                default -> client.startOver();
            }
        }

        // ---- the end

        void end() {
            for (int i = 0; i < 20; i++) {
                rig.advance(61_000, rig::flush);
                rig.flush();
                while (!rig.tasks.isEmpty()) {
                    runTask();
                    rig.flush();
                }
            }
            assertThat(partitions.open()).isEmpty();
            for (Transaction transaction : transactions) {
                List<Boolean> outcomes = new ArrayList<>(transaction.outcomes.values());
                assertThat(outcomes)
                        .as("a transaction is whole")
                        .allMatch(outcomes.isEmpty() ? _ -> true : outcomes.getFirst()::equals);
                if (transaction.told != null) {
                    assertThat(outcomes).as("and ends as its producer was told").allMatch(transaction.told::equals);
                }
            }
            assertThat(committed).isPositive();
        }
    }
}

package io.headrace.broker.transaction;

import io.headrace.broker.Request;
import io.headrace.broker.coordination.Asker;
import io.headrace.broker.coordination.Coordinators;
import io.headrace.broker.coordination.Gathering;
import io.headrace.broker.coordination.Reply;
import io.headrace.coordination.transaction.TransactionEvent;
import io.headrace.metadata.MetadataChange;
import io.headrace.runtime.Shard;
import io.headrace.wire.ErrorCode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnResult;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;

/** The transaction coordinators, asked in the words of the protocol. */
public final class TransactionCoordinators {

    private final Coordinators<TransactionEvent> coordinators;
    private final MarkerWriter markers;

    public TransactionCoordinators(Coordinators<TransactionEvent> coordinators, MarkerWriter markers) {
        this.coordinators = coordinators;
        this.markers = markers;
    }

    public Coordinators<TransactionEvent> all() {
        return coordinators;
    }

    public MarkerWriter markers() {
        return markers;
    }

    /** Topics have gone. On shard 0. */
    public void published(MetadataChange change) {
        for (ApiMessage record : change.records()) {
            if (record instanceof RemoveTopicRecord removed) {
                coordinators.topicDeleted(removed.topicId());
            }
        }
    }

    /** One transactional id's part of a request that names several. */
    public record Part(String transactionalId, ApiMessage body) {}

    /**
     * Asks about one transactional id.
     *
     * @param answered gets the response
     * @param refused gets an error that is the coordinator's and not the transaction's
     */
    public void ask(
            Request request, String transactionalId, Consumer<ApiMessage> answered, Consumer<ErrorCode> refused) {
        coordinators.ask(
                request.shard(),
                transactionalId,
                ticket -> new TransactionEvent.Request(ticket, request.version(), request.body()),
                asker(answered, refused));
    }

    /** Answers a request about one transactional id. */
    public void respond(Request request, String transactionalId, Function<ErrorCode, ApiMessage> refusal) {
        ask(request, transactionalId, request::respond, error -> request.respond(refusal.apply(error)));
    }

    /** Asks for each id by itself; the replies come together, in the order of the parts. */
    public void ask(Request request, List<Part> parts, Consumer<List<Reply>> whenAll) {
        Gathering<Reply> gathering = new Gathering<>(parts.size(), whenAll);
        for (int i = 0; i < parts.size(); i++) {
            ApiMessage body = parts.get(i).body();
            coordinators.ask(
                    request.shard(),
                    parts.get(i).transactionalId(),
                    ticket -> new TransactionEvent.Request(ticket, request.version(), body),
                    Gathering.asker(gathering, i));
        }
    }

    /** Asks every coordinator that knows of a transactional id. */
    public void askEach(Request request, Consumer<List<Reply>> whenAll) {
        coordinators.askEach(
                request.shard(),
                ticket -> new TransactionEvent.Request(ticket, request.version(), request.body()),
                whenAll);
    }

    /** A producer, in one of its transactions. */
    public record Producer(String transactionalId, long id, short epoch) {}

    /**
     * Adds partitions to a transaction, or asks whether they are in it.
     *
     * @param home the current shard
     * @param clientVersion the transaction version that the client speaks
     * @param answered gets the result of the one transaction; an error of the coordinator stands for each partition
     */
    public void partitions(
            Shard home,
            Producer producer,
            List<TopicPartition> partitions,
            boolean verifyOnly,
            short clientVersion,
            Consumer<AddPartitionsToTxnResult> answered,
            Consumer<ErrorCode> refused) {
        coordinators.ask(
                home,
                producer.transactionalId(),
                ticket -> new TransactionEvent.Partitions(
                        ticket,
                        producer.transactionalId(),
                        producer.id(),
                        producer.epoch(),
                        partitions,
                        verifyOnly,
                        clientVersion),
                asker(
                        response -> answered.accept(((AddPartitionsToTxnResponseData) response)
                                .resultsByTransaction()
                                .iterator()
                                .next()),
                        refused));
    }

    private static Asker asker(Consumer<ApiMessage> answered, Consumer<ErrorCode> refused) {
        return new Asker() {
            @Override
            public void answered(ApiMessage response) {
                answered.accept(response);
            }

            @Override
            public void refused(ErrorCode error) {
                refused.accept(error);
            }
        };
    }
}

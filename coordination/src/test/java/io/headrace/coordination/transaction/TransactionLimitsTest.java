package io.headrace.coordination.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.wire.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.api.Test;

/** Transactions where a batch of the topic holds little. */
final class TransactionLimitsTest {

    private static final long PRODUCER_ID = 7;

    private final Map<Long, ApiMessage> answers = new LinkedHashMap<>();
    private final TransactionRig rig = new TransactionRig(answers::put);

    @Test
    void aProducerWhoseRecordNoBatchCanHoldIsRefused() {
        rig.setStepBytes(50);
        assertThat(init()).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);

        rig.setStepBytes(1_000);
        assertThat(init()).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void partitionsThatNoBatchCanHoldAreRefusedAndTheTransactionGoesOn() {
        rig.setStepBytes(1_000);
        init();

        assertThat(add(1)).isEqualTo(ErrorCode.NONE);
        assertThat(add(1_000)).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
        assertThat(add(2)).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void whatIsOpenCanBeEndedHoweverLittleABatchHolds() {
        init();
        add(100);
        rig.setStepBytes(1);

        EndTxnRequestData request = new EndTxnRequestData()
                .setTransactionalId("t")
                .setProducerId(PRODUCER_ID)
                .setProducerEpoch((short) 0)
                .setCommitted(true);
        EndTxnResponseData response =
                (EndTxnResponseData) ask(ticket -> new TransactionEvent.Request(ticket, (short) 5, request));

        assertThat(ErrorCode.forCode(response.errorCode())).isEqualTo(ErrorCode.NONE);
        assertThat(rig.tasks).singleElement().isInstanceOf(TransactionTask.WriteMarkers.class);
    }

    private ErrorCode init() {
        InitProducerIdRequestData request =
                new InitProducerIdRequestData().setTransactionalId("t").setTransactionTimeoutMs(60_000);
        long ticket = rig.ask(one -> new TransactionEvent.Request(one, (short) 5, request));
        rig.flush();
        if (rig.tasks.poll() instanceof TransactionTask.TakeProducerId) {
            rig.step(new TransactionEvent.ProducerIdTaken("t", PRODUCER_ID));
            rig.flush();
        }
        return ErrorCode.forCode(((InitProducerIdResponseData) answers.get(ticket)).errorCode());
    }

    private ErrorCode add(int partitions) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition("topic", number))
                .toList();
        AddPartitionsToTxnResponseData response = (AddPartitionsToTxnResponseData) ask(
                ticket -> new TransactionEvent.Partitions(ticket, "t", PRODUCER_ID, (short) 0, all, false, (short) 2));
        return ErrorCode.forCode(response.resultsByTransaction()
                .find("t")
                .topicResults()
                .find("topic")
                .resultsByPartition()
                .find(0)
                .partitionErrorCode());
    }

    private ApiMessage ask(LongFunction<TransactionEvent> event) {
        long ticket = rig.ask(event);
        rig.flush();
        return answers.get(ticket);
    }
}

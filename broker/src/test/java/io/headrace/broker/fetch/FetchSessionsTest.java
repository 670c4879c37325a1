package io.headrace.broker.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchRequestData.ForgottenTopic;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.junit.jupiter.api.Test;

/** The rules of KIP-227, one connection at a time. */
class FetchSessionsTest {

    private static final short BY_ID = 17;
    private static final short BY_NAME = 12;
    private static final Uuid TOPIC = new Uuid(1, 2);

    private final SessionSlots slots = new SessionSlots(2, 5);
    private final FetchSessions sessions = new FetchSessions(new Numbers()::next, slots);

    private static final class Numbers {
        private long last = 7;

        long next() {
            return ++last;
        }
    }

    private static FetchRequestData request(int sessionId, int epoch, int... partitions) {
        FetchTopic topic = new FetchTopic().setTopicId(TOPIC);
        for (int partition : partitions) {
            topic.partitions().add(new FetchPartition().setPartition(partition).setFetchOffset(10));
        }
        FetchRequestData request =
                new FetchRequestData().setSessionId(sessionId).setSessionEpoch(epoch);
        if (partitions.length > 0) {
            request.topics().add(topic);
        }
        return request;
    }

    private static List<Integer> partitionsOf(FetchScope scope) {
        List<Integer> partitions = new ArrayList<>();
        for (FetchPosition position : ((FetchScope.Granted) scope).positions()) {
            partitions.add(position.key().partition());
        }
        return partitions;
    }

    private int start(int... partitions) {
        return ((FetchScope.Full) sessions.open(request(0, 0, partitions), BY_ID)).sessionId();
    }

    private static PartitionData answer(long highWatermark) {
        return new PartitionData().setHighWatermark(highWatermark).setLogStartOffset(0);
    }

    @Test
    void aFullRequestStartsASessionThatLaterRequestsContinue() {
        int id = start(0, 1, 2);

        assertThat(id).isPositive();
        assertThat(partitionsOf(sessions.open(request(id, 1), BY_ID))).containsExactly(0, 1, 2);
        assertThat(partitionsOf(sessions.open(request(id, 2, 3), BY_ID))).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aForgottenPartitionIsNotReadAgain() {
        int id = start(0, 1);
        FetchRequestData next = request(id, 1);
        next.forgottenTopicsData().add(new ForgottenTopic().setTopicId(TOPIC).setPartitions(List.of(0)));

        assertThat(partitionsOf(sessions.open(next, BY_ID))).containsExactly(1);
    }

    @Test
    void aPositionThatMovedReplacesTheOldOne() {
        int id = start(0);
        FetchRequestData next = request(id, 1, 0);
        next.topics().getFirst().partitions().getFirst().setFetchOffset(99);

        FetchScope.Incremental scope = (FetchScope.Incremental) sessions.open(next, BY_ID);

        assertThat(scope.positions()).hasSize(1);
        assertThat(scope.positions().getFirst().wanted().fetchOffset()).isEqualTo(99);
    }

    @Test
    void anUnknownSessionAndAWrongEpochAreRefused() {
        int id = start(0);

        assertThat(sessions.open(request(id + 1, 1), BY_ID))
                .isEqualTo(new FetchScope.Refused(ErrorCode.FETCH_SESSION_ID_NOT_FOUND));
        assertThat(sessions.open(request(id, 5), BY_ID))
                .isEqualTo(new FetchScope.Refused(ErrorCode.INVALID_FETCH_SESSION_EPOCH));
        assertThat(sessions.open(request(id, 1), BY_NAME))
                .isEqualTo(new FetchScope.Refused(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR));
    }

    @Test
    void theFinalEpochEndsTheSessionAndIsAnsweredWithoutOne() {
        int id = start(0);

        FetchScope.Full last = (FetchScope.Full) sessions.open(request(id, -1, 0), BY_ID);

        assertThat(last.sessionId()).isZero();
        assertThat(sessions.open(request(id, 1), BY_ID))
                .isEqualTo(new FetchScope.Refused(ErrorCode.FETCH_SESSION_ID_NOT_FOUND));
    }

    @Test
    void withoutAFreeSlotAFullRequestIsServedWithoutASession() {
        start(0);
        start(1);

        assertThat(start(2)).isZero();

        sessions.close();
        assertThat(start(2)).isPositive();
    }

    @Test
    void sessionsOfMorePartitionsThanAllMayHaveAreServedWithoutOne() {
        assertThat(start(0, 1, 2, 3, 4, 5)).isZero();
        int id = start(0, 1, 2);
        assertThat(start(3, 4, 5)).isZero();

        FetchScope.Full grown = (FetchScope.Full) sessions.open(request(id, 1, 3, 4, 5), BY_ID);

        assertThat(grown.sessionId()).isZero();
        assertThat(partitionsOf(grown)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(start(0, 1, 2, 3, 4)).isPositive();
    }

    @Test
    void onlyNewsIsShownWithinASession() {
        int id = start(0);
        FetchScope.Incremental scope = (FetchScope.Incremental) sessions.open(request(id, 1), BY_ID);
        FetchPosition position = scope.positions().getFirst();

        assertThat(scope.shows(position, answer(5))).isTrue();
        scope.sent(position, answer(5));
        assertThat(scope.shows(position, answer(5))).isFalse();
        assertThat(scope.shows(position, answer(6))).isTrue();
    }

    @Test
    void anErrorIsShownEachTimeAndSoIsItsEnd() {
        int id = start(0);
        FetchScope.Incremental scope = (FetchScope.Incremental) sessions.open(request(id, 1), BY_ID);
        FetchPosition position = scope.positions().getFirst();
        PartitionData error = answer(-1).setErrorCode(ErrorCode.KAFKA_STORAGE_ERROR.code());
        scope.sent(position, answer(5));

        assertThat(scope.shows(position, error)).isTrue();
        scope.sent(position, error);
        assertThat(scope.shows(position, error)).isTrue();
        assertThat(scope.shows(position, answer(5))).isTrue();
    }
}

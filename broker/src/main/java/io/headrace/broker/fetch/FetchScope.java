package io.headrace.broker.fetch;

import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;

/** What a fetch request stands for once its session has been looked up. */
sealed interface FetchScope {

    /** The session is unknown or out of step; nothing is read, and the client starts a new one. */
    record Refused(ErrorCode error) implements FetchScope {}

    /** These positions are read, in this order. */
    sealed interface Granted extends FetchScope {

        List<FetchPosition> positions();

        /** The session id for the response; 0 without a session. */
        int sessionId();

        /** Whether the answer goes into the response. */
        boolean shows(FetchPosition position, PartitionData answer);

        /** The answer is in the response. */
        void sent(FetchPosition position, PartitionData answer);
    }

    /** The request names all partitions and every one is answered. The session, if any, starts with this answer. */
    record Full(List<FetchPosition> positions, int sessionId) implements Granted {
        @Override
        public boolean shows(FetchPosition position, PartitionData answer) {
            return true;
        }

        @Override
        public void sent(FetchPosition position, PartitionData answer) {
            position.told(answer);
        }
    }

    /** The request names changes to a session, and the response only what is new. */
    record Incremental(List<FetchPosition> positions, FetchSession session) implements Granted {
        @Override
        public int sessionId() {
            return session.id();
        }

        @Override
        public boolean shows(FetchPosition position, PartitionData answer) {
            return position.isNews(answer);
        }

        @Override
        public void sent(FetchPosition position, PartitionData answer) {
            position.told(answer);
            if (answer.records() != null && answer.records().sizeInBytes() > 0) {
                session.servedLast(position);
            }
        }
    }
}

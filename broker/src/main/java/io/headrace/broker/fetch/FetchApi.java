package io.headrace.broker.fetch;

import io.headrace.broker.Api;
import io.headrace.broker.Limits;
import io.headrace.broker.Node;
import io.headrace.broker.PartitionRef;
import io.headrace.broker.Request;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.replication.Isolation;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;

/**
 * Fetch, versions 4 to 18: incremental sessions (KIP-227), topic ids (KIP-516), long polls, diverging epochs (KIP-595).
 * Under read_committed it reads up to the last stable offset, and says which aborted transactions to leave out (KIP-98).
 * Left out: fetching by followers and from followers (there is one replica).
 */
public final class FetchApi implements Api {

    private final Node node;

    public FetchApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        FetchRequestData wanted = (FetchRequestData) request.body();
        switch (request.state().fetchSessions().open(wanted, request.version())) {
            case FetchScope.Refused(ErrorCode error) ->
                request.respond(new FetchResponseData().setErrorCode(error.code()));
            case FetchScope.Granted scope -> read(request, wanted, scope);
        }
    }

    private void read(Request request, FetchRequestData wanted, FetchScope.Granted scope) {
        MetadataImage image = node.image();
        List<PendingFetch.Target> targets = new ArrayList<>(scope.positions().size());
        for (FetchPosition position : scope.positions()) {
            targets.add(target(image, position));
        }
        int maxBytes = Math.min(wanted.maxBytes(), node.config().fetchMaxBytes());
        int maxWaitMs = targets.size() > Limits.PARTITIONS_PER_PARKED_FETCH ? 0 : wanted.maxWaitMs();
        PendingFetch.Wanted bounds = new PendingFetch.Wanted(
                Math.min(wanted.minBytes(), maxBytes), maxBytes, maxWaitMs, Isolation.forCode(wanted.isolationLevel()));
        PendingFetch fetch = new PendingFetch(
                request.shard(),
                node.partitions(),
                targets,
                bounds,
                answers -> request.respond(response(scope, answers)));
        request.state().park(fetch);
        fetch.start();
    }

    private static PendingFetch.Target target(MetadataImage image, FetchPosition position) {
        FetchPosition.Key key = position.key();
        boolean byId = !key.topicId().equals(Uuid.ZERO_UUID);
        TopicImage topic = byId ? image.topic(key.topicId()) : image.topic(key.topic());
        if (topic == null) {
            ErrorCode error = byId ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
            return new PendingFetch.Target(position, null, error);
        }
        if (topic.partition(key.partition()) == null) {
            return new PendingFetch.Target(position, null, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
        return new PendingFetch.Target(position, new PartitionRef(topic.id(), key.partition()), null);
    }

    private static FetchResponseData response(FetchScope.Granted scope, List<PartitionData> answers) {
        List<FetchableTopicResponse> topics = new ArrayList<>();
        FetchableTopicResponse topic = null;
        for (int i = 0; i < answers.size(); i++) {
            FetchPosition position = scope.positions().get(i);
            PartitionData answer = answers.get(i);
            if (!scope.shows(position, answer)) {
                continue;
            }
            scope.sent(position, answer);
            FetchPosition.Key key = position.key();
            if (topic == null
                    || !topic.topicId().equals(key.topicId())
                    || !topic.topic().equals(key.topic())) {
                topic = new FetchableTopicResponse().setTopic(key.topic()).setTopicId(key.topicId());
                topics.add(topic);
            }
            topic.partitions().add(answer);
        }
        return new FetchResponseData().setSessionId(scope.sessionId()).setResponses(topics);
    }
}

package io.headrace.metadata;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Decides on one DeleteTopics request, whose topics are named by name or, from version 6 on, by id. A topic that is named
 * twice, in whichever way, is not deleted at all.
 */
final class TopicDeletion {

    /** The first version whose clients know the error for it. */
    private static final short FIRST_VERSION_THAT_KNOWS_DISABLED = 3;

    private final ControllerEvent.DeleteTopics event;
    private final MetadataImage image;
    private final ControllerEnv env;
    private final List<ApiMessage> records = new ArrayList<>();
    private final DeleteTopicsResponseData response = new DeleteTopicsResponseData();

    /** How often each was named. */
    private final Map<String, Integer> names = new HashMap<>();

    private final Map<Uuid, Integer> ids = new HashMap<>();
    private final Set<String> answeredNames = new HashSet<>();
    private final Set<Uuid> answeredIds = new HashSet<>();

    TopicDeletion(ControllerEvent.DeleteTopics event, MetadataImage image, ControllerEnv env) {
        this.event = event;
        this.image = image;
        this.env = env;
    }

    Decision<DeleteTopicsResponseData> decide() {
        List<DeleteTopicState> asked = asked(event.request());
        for (DeleteTopicState topic : asked) {
            if (topic.name() == null) {
                ids.merge(topic.topicId(), 1, Integer::sum);
            } else if (topic.topicId().equals(Uuid.ZERO_UUID)) {
                names.merge(topic.name(), 1, Integer::sum);
            }
        }
        for (DeleteTopicState topic : asked) {
            answer(topic);
        }
        return new Decision<>(records, response);
    }

    private static List<DeleteTopicState> asked(DeleteTopicsRequestData request) {
        List<DeleteTopicState> asked = new ArrayList<>(request.topics());
        for (String name : request.topicNames()) {
            asked.add(new DeleteTopicState().setName(name));
        }
        return asked;
    }

    private void answer(DeleteTopicState asked) {
        boolean byName = asked.name() != null;
        boolean byId = !asked.topicId().equals(Uuid.ZERO_UUID);
        if (!env.settings().topicDeletion()) {
            respond(asked.name(), asked.topicId(), disabled());
        } else if (byName && byId) {
            respond(asked.name(), asked.topicId(), invalid("A topic is named by its name or its id, not by both."));
        } else if (byName) {
            answer(asked.name());
        } else if (byId) {
            answer(asked.topicId());
        } else {
            respond(null, Uuid.ZERO_UUID, invalid("A topic must be named by its name or its id."));
        }
    }

    private void answer(String name) {
        if (!answeredNames.add(name)) {
            return;
        }
        TopicImage topic = image.topic(name);
        if (names.get(name) > 1) {
            respond(name, Uuid.ZERO_UUID, invalid("The topic '" + name + "' stands twice in the request."));
        } else if (topic == null) {
            respond(
                    name,
                    Uuid.ZERO_UUID,
                    new Refusal(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "There is no topic '" + name + "'."));
        } else if (ids.containsKey(topic.id())) {
            respond(name, topic.id(), invalid("The topic '" + name + "' stands twice in the request, also by its id."));
        } else {
            delete(topic);
        }
    }

    private void answer(Uuid id) {
        if (!answeredIds.add(id)) {
            return;
        }
        TopicImage topic = image.topic(id);
        if (ids.get(id) > 1) {
            respond(null, id, invalid("The topic id " + id + " stands twice in the request."));
        } else if (topic == null) {
            respond(null, id, new Refusal(ErrorCode.UNKNOWN_TOPIC_ID, "There is no topic with the id " + id + "."));
        } else if (names.getOrDefault(topic.name(), 0) != 1) {
            // Where the request has the name once as well, that brings the answer for both.
            delete(topic);
        }
    }

    private void delete(TopicImage topic) {
        records.add(new RemoveTopicRecord().setTopicId(topic.id()));
        respond(topic.name(), topic.id(), new Refusal(ErrorCode.NONE, null));
    }

    private void respond(String name, Uuid id, Refusal refusal) {
        response.responses()
                .add(new DeletableTopicResult()
                        .setName(name)
                        .setTopicId(id)
                        .setErrorCode(refusal.error().code())
                        .setErrorMessage(refusal.message()));
    }

    private Refusal disabled() {
        return new Refusal(
                event.version() < FIRST_VERSION_THAT_KNOWS_DISABLED
                        ? ErrorCode.INVALID_REQUEST
                        : ErrorCode.TOPIC_DELETION_DISABLED,
                "Deleting topics is switched off (delete.topic.enable).");
    }

    private static Refusal invalid(String message) {
        return new Refusal(ErrorCode.INVALID_REQUEST, message);
    }
}

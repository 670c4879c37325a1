package io.headrace.simulation.metadata;

import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.simulation.Violation;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;

/** Holds an answer against the image that everybody sees at that moment. */
final class Answers {

    private Answers() {}

    static void check(Object response, MetadataImage image) {
        switch (response) {
            case CreateTopicsResponseData created -> created.topics().forEach(topic -> check(topic, image));
            case DeleteTopicsResponseData deleted -> deleted.responses().forEach(topic -> check(topic, image));
            default -> {}
        }
    }

    private static void check(CreatableTopicResult created, MetadataImage image) {
        TopicImage topic = image.topic(created.name());
        Violation.unless(
                created.errorCode() != 0 || (topic != null && topic.id().equals(created.topicId())),
                "the creation of " + created.name() + " was answered before anybody can see it");
    }

    private static void check(DeletableTopicResult deleted, MetadataImage image) {
        Violation.unless(
                deleted.errorCode() != 0 || image.topic(deleted.topicId()) == null,
                "the deletion of " + deleted.name() + " was answered before anybody can see it");
    }
}

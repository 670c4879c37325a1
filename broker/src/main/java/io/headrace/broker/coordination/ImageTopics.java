package io.headrace.broker.coordination;

import io.headrace.coordination.TopicView;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import java.util.Collection;
import org.apache.kafka.common.Uuid;

/** The topics of an image, as coordinators see them. */
record ImageTopics(MetadataImage image) implements TopicView {

    @Override
    public Topic topic(String name) {
        return view(image.topic(name));
    }

    @Override
    public Topic topic(Uuid id) {
        return view(image.topic(id));
    }

    @Override
    public Collection<String> names() {
        return image.topicMaps().byName().keySet();
    }

    /** Of the same image, which its offset tells: only what is committed is published. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ImageTopics that && image.offset() == that.image.offset();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(image.offset());
    }

    private static Topic view(TopicImage topic) {
        return topic == null ? null : new Topic(topic.name(), topic.id(), topic.partitionCount());
    }
}

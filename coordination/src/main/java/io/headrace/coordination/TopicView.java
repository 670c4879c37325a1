package io.headrace.coordination;

import java.util.Collection;
import org.apache.kafka.common.Uuid;

/** The topics of one metadata image; never changes. Two views are equal if they are of the same image. */
public interface TopicView {

    /** The topic of that name, or null. */
    Topic topic(String name);

    /** The topic of that id, or null. */
    Topic topic(Uuid id);

    /** All of them, for those who subscribe to a pattern. */
    Collection<String> names();

    /** A topic, and its partitions with the ids 0 to {@code partitionCount - 1}. */
    record Topic(String name, Uuid id, int partitionCount) {}
}

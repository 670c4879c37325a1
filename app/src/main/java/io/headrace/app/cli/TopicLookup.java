package io.headrace.app.cli;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Finds a topic, or says which one is not there, as the client's own message does not. */
final class TopicLookup {

    private TopicLookup() {}

    static TopicDescription describe(Admin admin, String topic) throws ExecutionException, InterruptedException {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw missing(topic);
            }
            throw e;
        }
    }

    static CommandFailed missing(String topic) {
        return new CommandFailed("there is no topic " + topic);
    }
}

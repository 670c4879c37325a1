package io.headrace.coordination.group.classic;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.protocol.types.SchemaException;

/** What the members of a group of consumers tell each other about their subscriptions, of which the broker reads the topics. */
final class Subscriptions {

    /** Every version begins with the topics. */
    private static final short TOPICS_VERSION = 0;

    private Subscriptions() {}

    /** The topics of all of them; empty if one cannot be read. */
    static Optional<Set<String>> topics(Collection<byte[]> subscriptions) {
        Set<String> topics = new LinkedHashSet<>();
        try {
            for (byte[] subscription : subscriptions) {
                ByteBuffer buffer = ByteBuffer.wrap(subscription);
                ConsumerProtocol.deserializeVersion(buffer);
                topics.addAll(ConsumerProtocol.deserializeConsumerProtocolSubscription(buffer, TOPICS_VERSION)
                        .topics());
            }
            return Optional.of(topics);
        } catch (SchemaException _) {
            return Optional.empty();
        }
    }
}

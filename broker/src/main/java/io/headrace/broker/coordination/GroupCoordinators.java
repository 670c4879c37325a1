package io.headrace.broker.coordination;

import io.headrace.broker.Request;
import io.headrace.coordination.group.GroupEvent;
import io.headrace.coordination.group.RequestContext;
import io.headrace.metadata.MetadataChange;
import io.headrace.wire.ErrorCode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.protocol.ApiMessage;

/** The group coordinators, asked in the words of the protocol. */
public final class GroupCoordinators {

    private final Coordinators<GroupEvent> coordinators;

    public GroupCoordinators(Coordinators<GroupEvent> coordinators) {
        this.coordinators = coordinators;
    }

    /** One group's part of a request that names several. */
    public record Part(String groupId, ApiMessage body) {}

    public Coordinators<GroupEvent> all() {
        return coordinators;
    }

    /**
     * Answers a request about one group.
     *
     * @param refusal the response for an error that is the coordinator's and not the group's
     */
    public void respond(Request request, String groupId, ApiMessage body, Function<ErrorCode, ApiMessage> refusal) {
        ask(request, groupId, body, new Asker() {
            @Override
            public void answered(ApiMessage response) {
                request.respond(response);
            }

            @Override
            public void refused(ErrorCode error) {
                request.respond(refusal.apply(error));
            }
        });
    }

    /** Answers a heartbeat, which may wait for news as long as the client has nothing else to say. */
    public void respondWithNews(
            Request request, HeartbeatRequestData heartbeat, Function<ErrorCode, ApiMessage> refusal) {
        GroupEvent overdue = new GroupEvent.HeartbeatOverdue(heartbeat.groupId(), heartbeat.memberId());
        request.whenFollowed(() -> coordinators.inform(heartbeat.groupId(), overdue));
        respond(request, heartbeat.groupId(), heartbeat, refusal);
    }

    /** Asks for each group by itself; the replies come together, in the order of the parts. */
    public void ask(Request request, List<Part> parts, Consumer<List<Reply>> whenAll) {
        Gathering<Reply> gathering = new Gathering<>(parts.size(), whenAll);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            ask(request, part.groupId(), part.body(), Gathering.asker(gathering, i));
        }
    }

    /** Asks every coordinator that knows of a group. */
    public void askEach(Request request, ApiMessage body, Consumer<List<Reply>> whenAll) {
        coordinators.askEach(request.shard(), event(request, body), whenAll);
    }

    private void ask(Request request, String groupId, ApiMessage body, Asker asker) {
        coordinators.ask(request.shard(), groupId, event(request, body), asker);
    }

    private static LongFunction<GroupEvent> event(Request request, ApiMessage body) {
        RequestContext context = new RequestContext(
                request.version(),
                request.clientId(),
                request.clientHost(),
                request.state().isPatient());
        return ticket -> new GroupEvent.Request(ticket, context, body);
    }

    /** Topics have come, grown or gone. On shard 0. */
    public void published(MetadataChange change) {
        TopicNews news = TopicNews.of(change);
        for (GroupEvent event : news.events()) {
            coordinators.inform(event);
        }
        news.deletedIds().forEach(coordinators::topicDeleted);
    }
}

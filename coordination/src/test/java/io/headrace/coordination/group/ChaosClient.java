package io.headrace.coordination.group;

import io.headrace.coordination.TopicView;
import io.headrace.wire.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.utils.Utils;

/**
 * A client as a random run drives it, of either protocol: one request under way at a time, gives up what it is told to before
 * it says so, and abandons everything when it is told that it is out.
 */
final class ChaosClient {

    /** What a client of the classic protocol has to do next. */
    private enum Classic {
        JOIN,
        SYNC,
        BEAT
    }

    final TestConsumer self;
    boolean alive = true;
    boolean paused;
    boolean classic;

    /** Its request under way; 0 without one. */
    long ticket;

    private final TestHost host;
    private boolean joined;
    private boolean sayEverything;
    private boolean acknowledge;
    private boolean joinAgain;
    private Classic next = Classic.JOIN;
    private List<SyncGroupRequestAssignment> leads = List.of();

    ChaosClient(String name, TestHost host) {
        self = new TestConsumer(name);
        this.host = host;
    }

    /** The process is gone; another one takes its place, maybe with another protocol. */
    void restart(boolean inClassic) {
        self.restart();
        alive = true;
        paused = false;
        classic = inClassic;
        forget();
    }

    private void forget() {
        ticket = 0;
        joined = false;
        sayEverything = false;
        acknowledge = false;
        next = Classic.JOIN;
        leads = List.of();
        self.assigned = null;
        self.owned.clear();
        self.epoch = 0;
        if (classic) {
            self.memberId = "";
        }
    }

    /** The answer will not come. */
    void connectionLost() {
        ticket = 0;
        sayEverything = true;
        if (classic && next != Classic.BEAT) {
            next = Classic.JOIN;
        }
    }

    void changeSubscription(List<String> topics, String regex) {
        self.topics = topics;
        self.regex = classic ? null : regex;
        sayEverything = true;
        joinAgain = true;
    }

    /** In the classic protocol the clients watch the topics. */
    void topicsChanged() {
        joinAgain = true;
    }

    boolean subscribesTo(String topic) {
        return self.topics.contains(topic) || self.regex != null && Pattern.matches(self.regex, topic);
    }

    /** Gives up and takes up what it was told to. */
    void reconcile() {
        if (joined && self.assigned != null && !self.owned.equals(self.assigned)) {
            self.owned = new TreeSet<>(self.assigned);
            acknowledge = true;
        }
    }

    void beat() {
        if (ticket == 0 && alive) {
            ApiMessage request = classic ? classicRequest() : heartbeat();
            ticket = host.ask(
                    request, request instanceof ConsumerGroupHeartbeatRequestData ? 1 : version(request), self.name);
        }
    }

    private static int version(ApiMessage request) {
        return switch (request) {
            case HeartbeatRequestData _ -> 4;
            case SyncGroupRequestData _ -> 5;
            default -> 9;
        };
    }

    private ConsumerGroupHeartbeatRequestData heartbeat() {
        boolean everything = !joined || sayEverything;
        boolean owned = acknowledge;
        sayEverything = false;
        acknowledge = false;
        if (everything) {
            self.epoch = joined ? self.epoch : 0;
            return self.full(host.topics).setSubscribedTopicRegex(self.regex == null ? "" : self.regex);
        }
        ConsumerGroupHeartbeatRequestData request = self.beat();
        return owned ? request.setTopicPartitions(self.owned(host.topics)) : request;
    }

    private ApiMessage classicRequest() {
        return switch (next == Classic.BEAT && joinAgain ? Classic.JOIN : next) {
            case JOIN -> {
                next = Classic.JOIN;
                joinAgain = false;
                self.owned.clear();
                self.assigned = null;
                yield self.join();
            }
            case SYNC ->
                new SyncGroupRequestData()
                        .setGroupId("g")
                        .setMemberId(self.memberId)
                        .setGroupInstanceId(self.instanceId)
                        .setGenerationId(self.epoch)
                        .setProtocolType("consumer")
                        .setProtocolName("range")
                        .setAssignments(leads);
            case BEAT ->
                new HeartbeatRequestData()
                        .setGroupId("g")
                        .setMemberId(self.memberId)
                        .setGroupInstanceId(self.instanceId)
                        .setGenerationId(self.epoch);
        };
    }

    /** Says that it goes, and is gone whether that is heard or not. */
    void leave(boolean forNow) {
        if (ticket == 0 && alive && joined) {
            host.ask(
                    classic
                            ? new LeaveGroupRequestData()
                                    .setGroupId("g")
                                    .setMembers(List.of(new MemberIdentity()
                                            .setMemberId(self.memberId)
                                            .setGroupInstanceId(self.instanceId)))
                            : self.leave(forNow && self.instanceId != null ? -2 : -1),
                    classic ? 5 : 1,
                    self.name);
        }
        die();
    }

    void die() {
        alive = false;
        forget();
    }

    void answered(ApiMessage response) {
        ticket = 0;
        switch (response) {
            case ConsumerGroupHeartbeatResponseData beat -> answered(beat);
            case JoinGroupResponseData join -> answered(join);
            case SyncGroupResponseData sync -> answered(sync);
            case HeartbeatResponseData beat -> answered(ErrorCode.forCode(beat.errorCode()));
            default -> throw new AssertionError("no answer for a member: " + response);
        }
    }

    private void answered(ConsumerGroupHeartbeatResponseData beat) {
        if (beat.errorCode() != 0) {
            String memberId = self.memberId;
            forget();
            self.memberId = memberId;
            alive = ErrorCode.forCode(beat.errorCode()) != ErrorCode.FENCED_INSTANCE_ID;
            return;
        }
        joined = true;
        self.memberId = beat.memberId();
        self.epoch = beat.memberEpoch();
        if (beat.assignment() != null) {
            self.assigned = new TreeSet<>();
            beat.assignment().topicPartitions().forEach(topic -> {
                TopicView.Topic known = host.topics.view().topic(topic.topicId());
                if (known != null) {
                    topic.partitions().forEach(number -> self.assigned.add(known.name() + "-" + number));
                }
            });
        }
    }

    private void answered(JoinGroupResponseData join) {
        ErrorCode error = ErrorCode.forCode(join.errorCode());
        if (error == ErrorCode.MEMBER_ID_REQUIRED) {
            self.memberId = join.memberId();
        } else if (error != ErrorCode.NONE) {
            refused(error);
        } else {
            joined = true;
            self.memberId = join.memberId();
            self.epoch = join.generationId();
            next = Classic.SYNC;
            leads = join.leader().equals(join.memberId()) ? assign(join) : List.of();
        }
    }

    private List<SyncGroupRequestAssignment> assign(JoinGroupResponseData join) {
        Map<String, List<String>> topicsOf = new LinkedHashMap<>();
        join.members()
                .forEach(member -> topicsOf.put(
                        member.memberId(),
                        ConsumerProtocol.deserializeSubscription(ByteBuffer.wrap(member.metadata()))
                                .topics()));
        Map<String, List<TopicPartition>> given = new TreeMap<>();
        topicsOf.keySet().forEach(memberId -> given.put(memberId, new ArrayList<>()));
        for (String topic : host.topics.view().names()) {
            List<String> takers = topicsOf.keySet().stream()
                    .filter(memberId -> topicsOf.get(memberId).contains(topic))
                    .toList();
            for (int i = 0;
                    !takers.isEmpty() && i < host.topics.view().topic(topic).partitionCount();
                    i++) {
                given.get(takers.get(i % takers.size())).add(new TopicPartition(topic, i));
            }
        }
        return given.entrySet().stream()
                .map(entry -> new SyncGroupRequestAssignment()
                        .setMemberId(entry.getKey())
                        .setAssignment(Utils.toArray(ConsumerProtocol.serializeAssignment(
                                new ConsumerPartitionAssignor.Assignment(entry.getValue())))))
                .toList();
    }

    private void answered(SyncGroupResponseData sync) {
        ErrorCode error = ErrorCode.forCode(sync.errorCode());
        if (error != ErrorCode.NONE) {
            refused(error);
            return;
        }
        next = Classic.BEAT;
        self.assigned = TestConsumer.partitions(sync.assignment());
        self.owned = new TreeSet<>(self.assigned);
    }

    private void answered(ErrorCode beat) {
        if (beat != ErrorCode.NONE) {
            refused(beat);
        }
    }

    private void refused(ErrorCode error) {
        boolean keepsId = error == ErrorCode.REBALANCE_IN_PROGRESS || error == ErrorCode.ILLEGAL_GENERATION;
        if (error == ErrorCode.FENCED_INSTANCE_ID) {
            die();
        } else if (keepsId) {
            next = Classic.JOIN;
            self.owned.clear();
        } else {
            forget();
        }
    }
}

package io.headrace.coordination.group;

import io.headrace.wire.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;

/**
 * One process that consumes as Kafka's client does with an eager assignor: joins, assigns if it leads, begins where the group
 * has committed, consumes, commits, heartbeats. It does one thing at a time. While it is paused it hears and does nothing.
 */
final class SimulatedConsumer {

    enum State {
        OUT,
        JOINING,
        SYNCING,
        FETCHING,
        OWNING,
        /** Fenced: its instance id has another owner. */
        DEAD
    }

    final TestMember self;
    final GroupSimulation simulation;

    /** Where it goes on, by partition; what it owns. */
    final Map<Integer, Long> positions = new LinkedHashMap<>();

    State state = State.OUT;
    boolean paused;
    private final List<Runnable> inbox = new ArrayList<>();

    SimulatedConsumer(String name, String instanceId, GroupSimulation simulation) {
        self = new TestMember(name);
        self.instanceId = instanceId;
        // A static member outlives a rebalance that it misses.
        self.sessionTimeoutMs = instanceId == null ? 10_000 : 60_000;
        self.rebalanceTimeoutMs = 20_000;
        this.simulation = simulation;
    }

    /** Who it is to the others, whatever its member id. */
    String identity() {
        return self.instanceId == null ? self.memberId : self.instanceId;
    }

    void resume() {
        paused = false;
        List<Runnable> missed = List.copyOf(inbox);
        inbox.clear();
        missed.forEach(Runnable::run);
    }

    /** An answer has come, or is read when the pause is over. */
    void hear(Runnable answer) {
        if (paused) {
            inbox.add(answer);
        } else {
            answer.run();
        }
    }

    /** The connection broke before the answer came. */
    void disconnected() {
        if (state == State.JOINING || state == State.SYNCING || state == State.FETCHING) {
            rejoin();
        }
    }

    private void rejoin() {
        state = State.OUT;
        positions.clear();
    }

    private void startOver() {
        rejoin();
        self.forget();
    }

    private void die() {
        state = State.DEAD;
        positions.clear();
    }

    // ---- joining

    void join() {
        state = State.JOINING;
        positions.clear();
        simulation.ask(
                this, self.joinRequest(GroupSimulation.GROUP), 9, response -> joined((JoinGroupResponseData) response));
    }

    private void joined(JoinGroupResponseData response) {
        switch (ErrorCode.forCode(response.errorCode())) {
            case NONE -> {
                self.memberId = response.memberId();
                self.generation = response.generationId();
                sync(response);
            }
            case MEMBER_ID_REQUIRED -> {
                self.memberId = response.memberId();
                rejoin();
            }
            case UNKNOWN_MEMBER_ID -> startOver();
            case FENCED_INSTANCE_ID -> die();
            case REBALANCE_IN_PROGRESS, GROUP_MAX_SIZE_REACHED -> rejoin();
            default -> throw new AssertionError("JoinGroup: " + response);
        }
    }

    private void sync(JoinGroupResponseData response) {
        state = State.SYNCING;
        SyncGroupRequestData request = new SyncGroupRequestData()
                .setGroupId(GroupSimulation.GROUP)
                .setMemberId(self.memberId)
                .setGroupInstanceId(self.instanceId)
                .setGenerationId(self.generation)
                .setProtocolType("consumer")
                .setProtocolName("range");
        if (!response.skipAssignment()) {
            request.setAssignments(assign(response));
        }
        simulation.ask(this, request, 5, answer -> synced((SyncGroupResponseData) answer));
    }

    /** Partitions go round. Of a follower, which is told of no members, nothing. */
    private static List<SyncGroupRequestAssignment> assign(JoinGroupResponseData response) {
        int members = response.members().size();
        return IntStream.range(0, members)
                .mapToObj(i -> new SyncGroupRequestAssignment()
                        .setMemberId(response.members().get(i).memberId())
                        .setAssignment(IntStream.range(0, GroupSimulation.PARTITIONS)
                                .filter(partition -> partition % members == i)
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining(" "))
                                .getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private void synced(SyncGroupResponseData response) {
        switch (ErrorCode.forCode(response.errorCode())) {
            case NONE -> {
                List<Integer> partitions = new String(response.assignment(), StandardCharsets.UTF_8)
                        .lines()
                        .flatMap(line -> List.of(line.split(" ", -1)).stream())
                        .map(Integer::valueOf)
                        .toList();
                simulation.assigned(this, partitions);
                fetch(partitions);
            }
            case UNKNOWN_MEMBER_ID -> startOver();
            case FENCED_INSTANCE_ID -> die();
            case REBALANCE_IN_PROGRESS, ILLEGAL_GENERATION -> rejoin();
            default -> throw new AssertionError("SyncGroup: " + response);
        }
    }

    // ---- consuming

    private void fetch(List<Integer> partitions) {
        state = State.FETCHING;
        OffsetFetchRequestData request = new OffsetFetchRequestData()
                .setGroups(List.of(new OffsetFetchRequestGroup()
                        .setGroupId(GroupSimulation.GROUP)
                        .setTopics(List.of(new OffsetFetchRequestTopics()
                                .setName(GroupSimulation.TOPIC)
                                .setPartitionIndexes(partitions)))));
        Map<Integer, Long> before = simulation.acknowledged();
        simulation.ask(this, request, 9, response -> {
            ((OffsetFetchResponseData) response)
                    .groups()
                    .getFirst()
                    .topics()
                    .getFirst()
                    .partitions()
                    .forEach(partition -> {
                        simulation.fetched(partition.partitionIndex(), partition.committedOffset(), before);
                        positions.put(partition.partitionIndex(), Math.max(0, partition.committedOffset()));
                    });
            state = State.OWNING;
        });
    }

    /** Of one of its partitions, some records further on. */
    void commit(int partition, int records) {
        long offset = positions.merge(partition, (long) records, Long::sum);
        OffsetCommitRequestData request = new OffsetCommitRequestData()
                .setGroupId(GroupSimulation.GROUP)
                .setMemberId(self.memberId)
                .setGroupInstanceId(self.instanceId)
                .setGenerationIdOrMemberEpoch(self.generation)
                .setTopics(List.of(new OffsetCommitRequestTopic()
                        .setName(GroupSimulation.TOPIC)
                        .setPartitions(List.of(new OffsetCommitRequestPartition()
                                .setPartitionIndex(partition)
                                .setCommittedOffset(offset)))));
        int generation = self.generation;
        simulation.commit(this, request, partition, response -> {
            ErrorCode error = ErrorCode.forCode(((OffsetCommitResponseData) response)
                    .topics()
                    .getFirst()
                    .partitions()
                    .getFirst()
                    .errorCode());
            if (error == ErrorCode.NONE) {
                simulation.committed(partition, offset);
            } else if (generation == self.generation && state == State.OWNING) {
                lost(error);
            }
        });
    }

    void heartbeat() {
        HeartbeatRequestData request = new HeartbeatRequestData()
                .setGroupId(GroupSimulation.GROUP)
                .setMemberId(self.memberId)
                .setGroupInstanceId(self.instanceId)
                .setGenerationId(self.generation);
        int generation = self.generation;
        simulation.ask(this, request, 4, response -> {
            if (generation == self.generation && state == State.OWNING) {
                lost(ErrorCode.forCode(((HeartbeatResponseData) response).errorCode()));
            }
        });
    }

    /** What an error says about its membership. */
    private void lost(ErrorCode error) {
        switch (error) {
            case NONE -> {}
            case REBALANCE_IN_PROGRESS, ILLEGAL_GENERATION -> rejoin();
            case UNKNOWN_MEMBER_ID -> startOver();
            case FENCED_INSTANCE_ID -> die();
            default -> throw new AssertionError("unexpected: " + error);
        }
    }

    void leave() {
        LeaveGroupRequestData request = new LeaveGroupRequestData()
                .setGroupId(GroupSimulation.GROUP)
                .setMembers(
                        List.of(new MemberIdentity().setMemberId(self.memberId).setGroupInstanceId(self.instanceId)));
        simulation.ask(this, request, 5, _ -> {});
        startOver();
    }

    @Override
    public String toString() {
        return self.name + " " + state + (paused ? " paused" : "") + " in " + self.generation + " at " + positions;
    }
}

package io.headrace.coordination.group.classic;

import java.util.List;
import java.util.Set;
import org.apache.kafka.coordinator.group.generated.GroupMetadataValue.MemberMetadata;

/** A member of a classic group. The requests of it that wait, and whether it is new, are volatile; the rest is durable. */
public final class ClassicMember {

    static final byte[] NO_ASSIGNMENT = new byte[0];

    private final String memberId;
    private final String instanceId;
    private final String clientId;
    private final String clientHost;
    private int rebalanceTimeoutMs;
    private int sessionTimeoutMs;
    private List<Protocol> protocols;
    private byte[] assignment = NO_ASSIGNMENT;
    private Asker waitingJoin;
    private Asker waitingSync;
    private Asker waitingHeartbeat;
    private boolean isNew;

    /** @param instanceId null for a dynamic member */
    public ClassicMember(
            String memberId,
            String instanceId,
            String clientId,
            String clientHost,
            int rebalanceTimeoutMs,
            int sessionTimeoutMs,
            List<Protocol> protocols) {
        this.memberId = memberId;
        this.instanceId = instanceId;
        this.clientId = clientId;
        this.clientHost = clientHost;
        this.rebalanceTimeoutMs = rebalanceTimeoutMs;
        this.sessionTimeoutMs = sessionTimeoutMs;
        this.protocols = List.copyOf(protocols);
    }

    /** As it stands in a record, which keeps of its protocols only the one that was chosen. */
    static ClassicMember of(MemberMetadata durable, String protocolName) {
        int rebalanceTimeoutMs =
                durable.rebalanceTimeout() == -1 ? durable.sessionTimeout() : durable.rebalanceTimeout();
        return new ClassicMember(
                durable.memberId(),
                durable.groupInstanceId(),
                durable.clientId(),
                durable.clientHost(),
                rebalanceTimeoutMs,
                durable.sessionTimeout(),
                List.of(new Protocol(protocolName, durable.subscription())));
    }

    MemberMetadata toRecord(String protocolName, byte[] newAssignment) {
        return new MemberMetadata()
                .setMemberId(memberId)
                .setGroupInstanceId(instanceId)
                .setClientId(clientId)
                .setClientHost(clientHost)
                .setRebalanceTimeout(rebalanceTimeoutMs)
                .setSessionTimeout(sessionTimeoutMs)
                .setSubscription(metadata(protocolName))
                .setAssignment(newAssignment);
    }

    /** The same static member under a new id; what the old one waited for is not taken over. */
    ClassicMember renamed(String newMemberId) {
        ClassicMember successor = new ClassicMember(
                newMemberId, instanceId, clientId, clientHost, rebalanceTimeoutMs, sessionTimeoutMs, protocols);
        successor.assignment = assignment;
        return successor;
    }

    void update(List<Protocol> newProtocols, int newRebalanceTimeoutMs, int newSessionTimeoutMs) {
        protocols = List.copyOf(newProtocols);
        rebalanceTimeoutMs = newRebalanceTimeoutMs;
        sessionTimeoutMs = newSessionTimeoutMs;
    }

    /** What it says for the protocol, which must be one of its own. */
    public byte[] metadata(String protocolName) {
        return protocols.stream()
                .filter(protocol -> protocol.name().equals(protocolName))
                .findFirst()
                .map(Protocol::metadata)
                .orElseThrow(() -> new IllegalStateException("a member without the group's protocol"));
    }

    /** The first of its protocols that all others know too. */
    String vote(Set<String> candidates) {
        return protocols.stream()
                .map(Protocol::name)
                .filter(candidates::contains)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a member that shares no protocol with the group"));
    }

    /** A session does not end while it waits for an answer, unless it has never been in a generation. */
    boolean isHeardOf() {
        return !isNew && (waitingJoin != null || waitingSync != null);
    }

    public String memberId() {
        return memberId;
    }

    /** Null for a dynamic member. */
    public String instanceId() {
        return instanceId;
    }

    public boolean isStatic() {
        return instanceId != null;
    }

    public String clientId() {
        return clientId;
    }

    public String clientHost() {
        return clientHost;
    }

    public int rebalanceTimeoutMs() {
        return rebalanceTimeoutMs;
    }

    public int sessionTimeoutMs() {
        return sessionTimeoutMs;
    }

    /** The one it likes best comes first. */
    public List<Protocol> protocols() {
        return protocols;
    }

    /** Empty before the first one. */
    public byte[] assignment() {
        return assignment;
    }

    public void assign(byte[] newAssignment) {
        assignment = newAssignment;
    }

    /** Null while it has no JoinGroup that waits. */
    Asker waitingJoin() {
        return waitingJoin;
    }

    void waitForJoin(Asker asker) {
        waitingJoin = asker;
    }

    Asker takeWaitingJoin() {
        Asker asker = waitingJoin;
        waitingJoin = null;
        return asker;
    }

    void waitForSync(Asker asker) {
        waitingSync = asker;
    }

    /** Null if it had no SyncGroup that waited. */
    Asker takeWaitingSync() {
        Asker asker = waitingSync;
        waitingSync = null;
        return asker;
    }

    void waitForNews(Asker asker) {
        waitingHeartbeat = asker;
    }

    /** Null if it had no Heartbeat that waited. */
    Asker takeWaitingHeartbeat() {
        Asker asker = waitingHeartbeat;
        waitingHeartbeat = null;
        return asker;
    }

    void setNew(boolean value) {
        isNew = value;
    }
}

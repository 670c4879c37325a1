package io.headrace.broker;

import io.headrace.broker.fetch.FetchSessions;

/** What the broker keeps for one connection, on its shard, until it closes. */
public final class ConnectionState {

    private static final String JAVA_CLIENT = "apache-kafka-java";

    private final String listener;
    private final FetchSessions fetchSessions;
    private Parked parked;
    private boolean patient;

    ConnectionState(String listener, FetchSessions fetchSessions) {
        this.listener = listener;
        this.fetchSessions = fetchSessions;
    }

    public String listener() {
        return listener;
    }

    public FetchSessions fetchSessions() {
        return fetchSessions;
    }

    /** The client has said what software it is (KIP-511). */
    public void clientIs(String softwareName) {
        patient = softwareName.equals(JAVA_CLIENT);
    }

    /**
     * Whether the client goes on with its work while it waits for the answer to a heartbeat. Apache Kafka's own does, in
     * all its versions; some others read no records meanwhile.
     */
    public boolean isPatient() {
        return patient;
    }

    /** A request that keeps its client waiting. */
    public interface Parked {

        /** The client has closed its side, and has probably gone: to be answered with what there is. */
        void hurry();

        /** The connection is gone. */
        void cancel();
    }

    /** A connection waits for one such request at a time; this takes the place of an earlier one. */
    public void park(Parked request) {
        parked = request;
    }

    void inputEnded() {
        if (parked != null) {
            parked.hurry();
        }
    }

    void close() {
        fetchSessions.close();
        if (parked != null) {
            parked.cancel();
        }
    }
}

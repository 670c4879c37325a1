package io.headrace.broker;

import io.headrace.broker.fetch.FetchSessions;

/** What the broker keeps for one connection, on its shard, until it closes. */
public final class ConnectionState {

    private static final String JAVA_CLIENT = "apache-kafka-java";

    private final String listener;
    private final FetchSessions fetchSessions;
    private Runnable whenClosed;
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

    /** What to give up if the connection closes first. A connection waits for one request at a time, so there is one. */
    public void whenClosed(Runnable cancel) {
        whenClosed = cancel;
    }

    void close() {
        fetchSessions.close();
        if (whenClosed != null) {
            whenClosed.run();
        }
    }
}

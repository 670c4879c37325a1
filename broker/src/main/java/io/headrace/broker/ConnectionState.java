package io.headrace.broker;

import io.headrace.broker.fetch.FetchSessions;

/** What the broker keeps for one connection, on its shard, until it closes. */
public final class ConnectionState {

    private final String listener;
    private final FetchSessions fetchSessions;
    private Runnable whenClosed;

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

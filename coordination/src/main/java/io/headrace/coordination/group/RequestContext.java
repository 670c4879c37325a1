package io.headrace.coordination.group;

/**
 * Who asks, beside what the request itself says.
 *
 * @param version of the request
 * @param clientHost as Kafka shows it: a slash, and the address
 * @param patient whether the client goes on with its work while a heartbeat of it waits for news
 */
public record RequestContext(short version, String clientId, String clientHost, boolean patient) {

    /** A client need not say who it is. */
    public RequestContext {
        clientId = clientId == null ? "" : clientId;
    }
}

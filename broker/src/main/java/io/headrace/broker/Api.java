package io.headrace.broker;

/** One API of the protocol. Called on the shard of the request's connection; answers the request once, now or later, there. */
@FunctionalInterface
public interface Api {

    void handle(Request request);
}

package io.headrace.metadata;

/**
 * Where a broker says that it can be reached.
 *
 * @param listener name of the listener, such as PLAINTEXT
 * @param securityProtocol Kafka's number: 0 plaintext, 1 TLS, 2 and 3 the same with SASL
 */
public record Endpoint(String listener, String host, int port, short securityProtocol) {}

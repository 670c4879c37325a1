package io.headrace.compat.differential;

import org.apache.kafka.common.protocol.ApiMessage;

/**
 * A request for one server at one version, made when it is asked: it may hold what only this server knows, such as the id
 * that it gave to a topic.
 */
@FunctionalInterface
interface Draft {

    ApiMessage write(Witness witness, short version);
}

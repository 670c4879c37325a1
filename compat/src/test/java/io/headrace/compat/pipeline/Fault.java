package io.headrace.compat.pipeline;

/** What befalls a running application. */
enum Fault {
    BROKER_KILLED,
    WORKER_KILLED,
    WORKER_AND_BROKER_KILLED,
    WORKER_PAUSED,
    WORKER_REPLACED_WHILE_PAUSED
}

package io.headrace.coordination.group.classic;

import io.headrace.coordination.group.RequestContext;

/** A request that waits: its ticket, and the version that its response must suit. */
record Asker(long ticket, RequestContext context) {

    short version() {
        return context.version();
    }
}

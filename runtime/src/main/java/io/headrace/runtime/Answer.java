package io.headrace.runtime;

import io.headrace.wire.ResponseFrame;

/** What becomes of a request when its turn comes. */
sealed interface Answer {

    record Response(ResponseFrame frame) implements Answer {}

    /** Nothing is sent, as for a produce with acks=0. */
    record Silence() implements Answer {}

    /** The connection ends here. */
    record Disconnect(String why) implements Answer {}
}

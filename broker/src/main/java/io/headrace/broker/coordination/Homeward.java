package io.headrace.broker.coordination;

import io.headrace.runtime.Shard;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.protocol.ApiMessage;

/** Brings an answer to the shard that it was asked from. */
record Homeward(Shard home, Asker asker) implements Asker {

    @Override
    public void answered(ApiMessage response) {
        home.post(() -> asker.answered(response));
    }

    @Override
    public void refused(ErrorCode error) {
        home.post(() -> asker.refused(error));
    }
}

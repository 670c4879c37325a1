package io.headrace.metadata;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/** Applies records to an image in the making, and keeps those from an offset on. */
final class Replaying implements RecordReplay.Taker {

    private final MetadataDelta delta;
    private final long keepFrom;
    private final List<ApiMessage> kept = new ArrayList<>();

    Replaying(MetadataDelta delta, long keepFrom) {
        this.delta = delta;
        this.keepFrom = keepFrom;
    }

    @Override
    public void record(long offset, ByteBuffer framed) {
        ApiMessage record = RecordFrame.read(framed);
        delta.apply(record);
        if (offset >= keepFrom) {
            kept.add(record);
        }
    }

    List<ApiMessage> kept() {
        return kept;
    }
}

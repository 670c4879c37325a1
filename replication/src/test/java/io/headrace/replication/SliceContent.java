package io.headrace.replication;

import io.headrace.log.LogSlice;
import io.headrace.wire.BatchStatus;
import io.headrace.wire.RecordBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** The batches of a slice, as a reader gets them. */
final class SliceContent {

    private SliceContent() {}

    /** Null stands for an empty slice. */
    static List<RecordBatch> batches(LogSlice slice) {
        List<RecordBatch> batches = new ArrayList<>();
        ByteBuffer bytes = slice == null ? ByteBuffer.allocate(0) : bytes(slice);
        for (int at = 0; at < bytes.limit(); at += batches.getLast().sizeInBytes()) {
            RecordBatch batch = new RecordBatch();
            if (batch.wrap(bytes, at) != BatchStatus.WHOLE || !batch.crcIsValid()) {
                throw new AssertionError("a slice holds something else than whole batches");
            }
            batches.add(batch);
        }
        return batches;
    }

    private static ByteBuffer bytes(LogSlice slice) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WritableByteChannel target = Channels.newChannel(bytes);
        try {
            for (long at = 0; at < slice.sizeInBytes(); ) {
                at += slice.transferTo(at, slice.sizeInBytes(), target);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }
}

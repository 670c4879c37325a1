package io.headrace.broker.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.Origin;
import io.headrace.coordination.RecordCodec;
import io.headrace.coordination.Step;
import io.headrace.log.AppendOrigin;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.MalformedMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

class CoordinatorLogTest {

    private final Notes core = new Notes();
    private final CoordinatorLog log = new CoordinatorLog(RecordCodec.GROUPS, core);

    private static ByteBuffer batch(long offset, Origin origin, String... texts) {
        List<CoordinatorRecord> records = new ArrayList<>();
        for (String text : texts) {
            records.add(Notes.note(text));
        }
        ByteBuffer bytes = StepBatch.of(
                        new Step(records, origin, List.of()),
                        AppendOrigin.Coordinator.plain(),
                        0,
                        RecordCodec.GROUPS,
                        new BatchBuilder(),
                        _ -> {})
                .batches();
        return bytes.putLong(0, offset);
    }

    private static ByteBuffer joined(ByteBuffer... parts) {
        ByteBuffer all = ByteBuffer.allocate(10_000);
        for (ByteBuffer part : parts) {
            all.put(part);
        }
        return all.flip();
    }

    @Test
    void recordsAreAppliedInOrderBetweenTheBounds() {
        ByteBuffer bytes = joined(batch(3, Origin.NONE, "a", "b", "c"), batch(6, Origin.NONE, "d", "e"));

        long next = log.replay(bytes, 4, 7);

        assertThat(core.texts()).containsExactly("b", "c", "d");
        assertThat(next).isEqualTo(8);
    }

    @Test
    void recordsOfTransactionsAndTheirMarkersAreToldApart() {
        MemoryRecords commit = MemoryRecords.withEndTransactionMarker(
                2, 0, 0, 7, (short) 1, new EndTransactionMarker(ControlRecordType.COMMIT, 0));
        MemoryRecords abort = MemoryRecords.withEndTransactionMarker(
                3, 0, 0, 8, (short) 1, new EndTransactionMarker(ControlRecordType.ABORT, 0));

        log.replay(
                joined(
                        batch(0, new Origin(7, (short) 1), "a"),
                        batch(1, Origin.NONE, "b"),
                        commit.buffer(),
                        abort.buffer()),
                0,
                4);

        assertThat(core.texts()).containsExactly("a of 7", "b", "commit of 7", "abort of 8");
    }

    @Test
    void whatKafkaHasCompressedIsRead() {
        CoordinatorRecord note = Notes.note("packed");
        ByteBuffer key = RecordCodec.GROUPS.key(note);
        ByteBuffer value = RecordCodec.GROUPS.value(note);
        SimpleRecord record = new SimpleRecord(0, bytes(key), bytes(value));

        log.replay(MemoryRecords.withRecords(Compression.gzip().build(), record).buffer(), 0, 1);

        assertThat(core.texts()).containsExactly("packed");
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void aRecordThatCannotBeReadIsNotPassedOver() {
        BatchBuilder builder = new BatchBuilder();
        builder.append(0, RecordCodec.GROUPS.key(Notes.note("a")), ByteBuffer.wrap(new byte[] {0, 99}));

        assertThatThrownBy(() -> log.replay(builder.build(0, 0), 0, 1)).isInstanceOf(MalformedMessage.class);
    }
}

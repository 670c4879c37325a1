package io.headrace.simulation.durability;

import io.headrace.log.LogSlice;
import io.headrace.replication.LeaderPartition;
import io.headrace.replication.ReadResult;
import io.headrace.simulation.SimulatedMachine;
import io.headrace.simulation.Violation;
import io.headrace.wire.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A client that reads one partition up to the high watermark and outlives the broker. What it has seen goes into the
 * history. Now and then it is slow: it sits on a slice for a while, and reads it when the segment may be long deleted.
 */
final class Consumer {

    private static final int BYTES_AT_MOST = 3000;
    private static final int SLOW_ONE_IN = 4;

    /** Slices that a slow reader sits on. */
    private static final int SLICES_HELD_AT_MOST = 3;

    private record Held(LogSlice slice, long position, long highWatermark) {}

    private final SimulatedMachine machine;
    private final PartitionHistory history;
    private final Deque<Held> held = new ArrayDeque<>();
    private long position;
    private int connection;
    private boolean waiting;

    Consumer(SimulatedMachine machine, PartitionHistory history) {
        this.machine = machine;
        this.history = history;
    }

    void poll(LeaderPartition partition) {
        if (held.size() > SLICES_HELD_AT_MOST
                || (!held.isEmpty() && machine.choices().coin())) {
            take(held.removeFirst());
        }
        if (waiting) {
            return;
        }
        waiting = true;
        int asked = connection;
        long from = position;
        machine.trace().event("poll", history.partition(), from, 0);
        partition.read(
                from, machine.choices().between(1, BYTES_AT_MOST), true, result -> answered(asked, from, result));
    }

    private void answered(int asked, long from, ReadResult result) {
        if (asked != connection) {
            close(result.slice());
            return;
        }
        waiting = false;
        machine.trace().event("polled", result.error().name(), result.highWatermark(), result.sizeInBytes());
        if (result.error() == ErrorCode.OFFSET_OUT_OF_RANGE) {
            Violation.unless(
                    from < result.logStartOffset(),
                    history.partition() + ": a consumer has read up to offset " + from
                            + ", and now the log ends below (the high watermark is " + result.highWatermark() + ")");
            history.startsAt(result.logStartOffset());
            position = result.logStartOffset();
        } else if (result.error() != ErrorCode.NONE) {
            Violation.unless(Producer.isExpected(result.error()), "a read was answered with " + result.error());
        } else {
            answered(from, result);
        }
    }

    private void answered(long from, ReadResult result) {
        Violation.unless(
                result.sizeInBytes() > 0 || from >= result.highWatermark(),
                history.partition() + ": a consumer at offset " + from + " gets nothing, the high watermark is "
                        + result.highWatermark());
        if (result.sizeInBytes() == 0) {
            close(result.slice());
            return;
        }
        held.addLast(new Held(result.slice(), from, result.highWatermark()));
        if (!machine.choices().oneIn(SLOW_ONE_IN)) {
            while (!held.isEmpty()) {
                take(held.removeFirst());
            }
        }
    }

    private void take(Held slice) {
        try {
            position = Math.max(
                    position, Slices.read(slice.slice(), slice.position(), slice.highWatermark(), history::seen));
        } catch (IOException unreadable) {
            machine.trace().event("unreadable", history.partition(), slice.position(), 0);
            if (!machine.disk().faults().failsReads()) {
                throw new UncheckedIOException(unreadable);
            }
        } finally {
            slice.slice().close();
        }
    }

    private static void close(LogSlice slice) {
        if (slice != null) {
            slice.close();
        }
    }

    /** The connection breaks: what was sent is read or dropped, what was asked for is never heard. */
    void disconnect() {
        while (!held.isEmpty()) {
            held.removeFirst().slice().close();
        }
        brokerGone();
    }

    /** The broker is gone, and its files with it. */
    void brokerGone() {
        held.clear();
        connection++;
        waiting = false;
    }
}

package io.headrace.simulation.durability;

import io.headrace.replication.LeaderPartition;
import io.headrace.replication.ReadResult;
import io.headrace.simulation.SimulatedMachine;
import io.headrace.simulation.Violation;
import io.headrace.wire.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.TreeMap;

/** Reads a partition from its start to its high watermark, once all disk work is done. */
final class Audit {

    private static final int BYTES = 5000;

    private final LeaderPartition partition;
    private final SimulatedMachine machine;
    private final TreeMap<Long, Value> found = new TreeMap<>();
    private ReadResult answer;

    Audit(LeaderPartition partition, SimulatedMachine machine) {
        this.partition = partition;
        this.machine = machine;
    }

    void compareWith(PartitionHistory history) {
        read(0);
        long start = answer.logStartOffset();
        close();
        long next = start;
        while (true) {
            read(next);
            Violation.unless(answer.error() == ErrorCode.NONE, "a read from " + next + " is answered with " + answer);
            if (answer.sizeInBytes() == 0) {
                break;
            }
            try {
                next = Slices.read(answer.slice(), next, answer.highWatermark(), found::put);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            } finally {
                close();
            }
        }
        history.compare(found, start, answer.highWatermark());
        close();
    }

    private void read(long offset) {
        answer = null;
        machine.finishWork();
        partition.read(offset, BYTES, true, result -> answer = result);
        machine.finishWork();
        Violation.unless(answer != null, partition.id() + ": a read is never answered");
    }

    private void close() {
        if (answer.slice() != null) {
            answer.slice().close();
        }
    }
}

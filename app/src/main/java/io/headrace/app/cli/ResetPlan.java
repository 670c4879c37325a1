package io.headrace.app.cli;

import io.headrace.app.cli.ResetTarget.Choice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Works out the offsets that a group is to be moved to. What lies outside a partition is moved to its nearer end. */
final class ResetPlan {

    private final Admin admin;
    private final SortedMap<TopicPartition, OffsetAndMetadata> committed;

    ResetPlan(Admin admin, SortedMap<TopicPartition, OffsetAndMetadata> committed) {
        this.admin = admin;
        this.committed = committed;
    }

    /** The new offset of each of the partitions. */
    SortedMap<TopicPartition, Long> of(Iterable<TopicPartition> partitions, Choice choice) throws InterruptedException {
        Map<TopicPartition, Long> starts = GroupLookup.offsets(admin, partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = GroupLookup.offsets(admin, partitions, OffsetSpec.latest());
        Map<TopicPartition, Long> found = choice instanceof Choice.Time(var from)
                ? GroupLookup.offsets(admin, partitions, OffsetSpec.forTimestamp(from.toEpochMilli()))
                : Map.of();
        Map<TopicPartition, Long> file = choice instanceof Choice.Plan(var path) ? read(path) : Map.of();
        SortedMap<TopicPartition, Long> plan = GroupLookup.sorted();
        for (TopicPartition partition : partitions) {
            Long start = starts.get(partition);
            Long end = ends.get(partition);
            if (start == null || end == null) {
                throw new CommandFailed("there is no partition " + partition);
            }
            long wanted = switch (choice) {
                case Choice.Earliest() -> start;
                case Choice.Latest() -> end;
                case Choice.Current() -> before(partition, end);
                case Choice.Offset(long offset) -> offset;
                case Choice.Shift(long records) -> before(partition, null) + records;
                // A broker answers -1 where no record is as young as that.
                case Choice.Time _ -> found.getOrDefault(partition, -1L) < 0 ? end : found.get(partition);
                case Choice.Plan _ -> file.get(partition);
            };
            plan.put(partition, Math.clamp(wanted, start, end));
        }
        return plan;
    }

    private long before(TopicPartition partition, Long otherwise) {
        OffsetAndMetadata offset = committed.get(partition);
        if (offset != null) {
            return offset.offset();
        }
        if (otherwise == null) {
            throw new CommandFailed("nothing is committed in " + partition + " that could be shifted");
        }
        return otherwise;
    }

    /** Lines of {@code topic,partition,offset}; empty ones do not count. */
    static SortedMap<TopicPartition, Long> read(Path file) {
        SortedMap<TopicPartition, Long> offsets = GroupLookup.sorted();
        int number = 0;
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                number++;
                if (!line.isBlank()) {
                    String[] fields = line.split(",", -1);
                    if (fields.length != 3) {
                        throw new CommandFailed(file + " line " + number + " is not topic,partition,offset");
                    }
                    offsets.put(
                            new TopicPartition(fields[0].trim(), Integer.parseUnsignedInt(fields[1].trim())),
                            Long.parseUnsignedLong(fields[2].trim()));
                }
            }
        } catch (NoSuchFileException missing) {
            throw new CommandFailed("there is no file " + file, missing);
        } catch (NumberFormatException e) {
            throw new CommandFailed(file + " line " + number + " is not topic,partition,offset", e);
        } catch (IOException e) {
            throw new CommandFailed("the file " + file + " cannot be read: " + e.getMessage(), e);
        }
        return offsets;
    }
}

package io.headrace.app.cli;

import io.headrace.app.terminal.JsonText;
import io.headrace.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code groups describe}. */
@Command(
        name = "describe",
        description = "Show the members of groups, and how far they have read.",
        sortOptions = false,
        footer = {
            "",
            "LAG counts the records from the committed offset to the end. BEHIND is the age of the first of them:",
            "how long ago, by its timestamp, the record came that the group has to read next.",
            "",
            "Example:",
            "  headrace groups describe billing --json | jq '.[0].offsets[] | select(.lag > 1000)'"
        })
final class GroupsDescribeCommand extends AdminCommand {

    @Parameters(arity = "1..*", paramLabel = "GROUP", description = "The groups.")
    private List<String> names;

    @Option(names = "--json", description = "As a JSON array.")
    private boolean json;

    GroupsDescribeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(Admin admin) throws ExecutionException, InterruptedException {
        List<GroupView> groups = new ArrayList<>();
        for (String name : names) {
            groups.add(read(admin, name));
        }
        if (json) {
            terminal.line(JsonText.of(groups.stream().map(GroupView::json).toList()));
        } else {
            groups.forEach(group -> group.print(terminal));
        }
    }

    private GroupView read(Admin admin, String name) throws ExecutionException, InterruptedException {
        ConsumerGroupDescription group = GroupLookup.describe(admin, name);
        SortedMap<TopicPartition, OffsetAndMetadata> committed = GroupLookup.committed(admin, name);
        SortedMap<TopicPartition, String> owners = GroupLookup.sorted();
        for (MemberDescription member : group.members()) {
            member.assignment().topicPartitions().forEach(partition -> owners.put(partition, member.consumerId()));
        }
        SortedMap<TopicPartition, OffsetAndMetadata> all = GroupLookup.sorted();
        owners.keySet().forEach(partition -> all.put(partition, null));
        all.putAll(committed);
        Map<TopicPartition, Long> ends = GroupLookup.offsets(admin, all.keySet(), OffsetSpec.latest());
        Map<TopicPartition, Long> starts = GroupLookup.offsets(admin, committed.keySet(), OffsetSpec.earliest());
        Map<TopicPartition, Long> delays = delays(unread(committed, starts, ends));
        List<GroupView.Position> positions = new ArrayList<>();
        all.forEach((partition, offset) -> positions.add(new GroupView.Position(
                partition,
                offset == null ? null : offset.offset(),
                ends.get(partition),
                delays.get(partition),
                owners.get(partition))));
        return new GroupView(group, positions);
    }

    /** Where the first record stands that the group has not read; what has been deleted meanwhile does not count. */
    private static Map<TopicPartition, Long> unread(
            Map<TopicPartition, OffsetAndMetadata> committed,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> unread = new LinkedHashMap<>();
        committed.forEach((partition, offset) -> {
            Long start = starts.get(partition);
            Long end = ends.get(partition);
            if (start != null && end != null && Math.max(start, offset.offset()) < end) {
                unread.put(partition, Math.max(start, offset.offset()));
            }
        });
        return unread;
    }

    private Map<TopicPartition, Long> delays(Map<TopicPartition, Long> unread) {
        if (unread.isEmpty()) {
            return Map.of();
        }
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            return Delays.of(consumer, unread);
        }
    }
}

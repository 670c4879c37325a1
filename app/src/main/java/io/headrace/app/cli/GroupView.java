package io.headrace.app.cli;

import io.headrace.app.terminal.Table;
import io.headrace.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;

/** A group as {@code groups describe} shows it. */
record GroupView(ConsumerGroupDescription group, List<Position> positions) {

    private static final double MS_PER_SECOND = 1000.0;

    /**
     * How far the group is in one partition.
     *
     * @param offset null if none was committed
     * @param end null if it is not known
     * @param delayMs age of the first unread record; null if there is none, or it is not known
     * @param owner the member that has the partition now, or null
     */
    record Position(TopicPartition partition, Long offset, Long end, Long delayMs, String owner) {

        private Long lag() {
            return offset == null || end == null ? null : Math.max(0, end - offset);
        }

        /** A group that has read everything is not behind. */
        private Double behindSeconds() {
            Long lag = lag();
            if (lag != null && lag == 0) {
                return 0.0;
            }
            return delayMs == null ? null : delayMs / MS_PER_SECOND;
        }

        Map<String, Object> json() {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("topic", partition.topic());
            object.put("partition", partition.partition());
            object.put("offset", offset);
            object.put("end", end);
            object.put("lag", lag());
            object.put("behindSeconds", behindSeconds());
            object.put("member", owner);
            return object;
        }

        void addTo(Table table) {
            Double behind = behindSeconds();
            table.row(
                    "  " + partition.topic(),
                    partition.partition(),
                    offset == null ? "-" : offset,
                    end == null ? "-" : end,
                    lag() == null ? "-" : lag(),
                    behind == null ? "-" : String.format(Locale.ROOT, "%.1f s", behind),
                    owner);
        }
    }

    Map<String, Object> json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("group", group.groupId());
        object.put("type", type());
        object.put("state", group.groupState().toString());
        object.put("assignor", group.partitionAssignor());
        object.put("coordinator", group.coordinator().id());
        object.put("members", members().stream().map(GroupView::json).toList());
        object.put("offsets", positions.stream().map(Position::json).toList());
        return object;
    }

    private static Map<String, Object> json(MemberDescription member) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("member", member.consumerId());
        object.put("instance", member.groupInstanceId().orElse(null));
        object.put("client", member.clientId());
        object.put("host", member.host());
        object.put("assignment", assigned(member));
        return object;
    }

    private String type() {
        return group.type().toString().toLowerCase(Locale.ROOT);
    }

    private List<MemberDescription> members() {
        List<MemberDescription> members = new ArrayList<>(group.members());
        members.sort(Comparator.comparing(MemberDescription::consumerId));
        return members;
    }

    /** Partitions by topic, both in order. */
    private static Map<String, List<Integer>> assigned(MemberDescription member) {
        Map<String, List<Integer>> assigned = new TreeMap<>();
        member.assignment().topicPartitions().stream()
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .forEach(partition -> assigned.computeIfAbsent(partition.topic(), _ -> new ArrayList<>())
                        .add(partition.partition()));
        return assigned;
    }

    void print(Terminal terminal) {
        String assignor = group.partitionAssignor().isEmpty() ? "" : ", assignor " + group.partitionAssignor();
        terminal.line(group.groupId() + "  " + type() + ", " + group.groupState() + assignor + ", coordinator "
                + group.coordinator().id());
        List<MemberDescription> members = members();
        if (members.isEmpty()) {
            terminal.line("  no members");
        } else {
            Table table = new Table("  MEMBER", "INSTANCE", "CLIENT", "HOST", "ASSIGNED");
            members.forEach(member -> table.row(
                    "  " + member.consumerId(),
                    member.groupInstanceId().orElse("-"),
                    member.clientId(),
                    member.host(),
                    inWords(assigned(member))));
            table.print(terminal);
        }
        if (positions.isEmpty()) {
            terminal.line("  no offsets");
        } else {
            Table table = new Table("  TOPIC", "PARTITION", "OFFSET", "END", "LAG", "BEHIND", "MEMBER");
            positions.forEach(position -> position.addTo(table));
            table.print(terminal);
        }
    }

    private static String inWords(Map<String, List<Integer>> assigned) {
        if (assigned.isEmpty()) {
            return "nothing";
        }
        List<String> words = new ArrayList<>();
        assigned.forEach((topic, partitions) -> words.add(topic + ":"
                + String.join(",", partitions.stream().map(String::valueOf).toList())));
        return String.join(" ", words);
    }
}

package io.headrace.app.cli;

import io.headrace.app.terminal.Numbers;
import io.headrace.app.terminal.Terminal;
import io.headrace.broker.adoption.AdoptionOrder;
import io.headrace.broker.adoption.AdoptionReport;
import io.headrace.coordination.group.GroupCensus;
import java.util.ArrayList;
import java.util.List;

/** What an adoption did, for the person who asked for it. */
record AdoptionWords(AdoptionOrder order, AdoptionReport report) {

    void print(Terminal terminal) {
        for (String line : report.leftBehind()) {
            terminal.say("left behind: " + line);
        }
        for (GroupCensus.Kind kind : List.of(GroupCensus.Kind.SHARE, GroupCensus.Kind.STREAMS)) {
            if (report.groups().containsKey(kind)) {
                terminal.say("not served: " + counted(report.groups().get(kind), inWords(kind) + " group")
                        + "; the records stay, and their names mean nothing here");
            }
        }
        terminal.line(whole());
        if (order.look()) {
            terminal.line("nothing was changed");
            return;
        }
        terminal.line("groups: " + groups());
        terminal.line("transactions aborted: " + named(report.aborted()));
        if (!report.decided().isEmpty()) {
            terminal.line("transactions that the first start completes: " + named(report.decided()));
        }
        terminal.line(
                "start it with: headrace start --data " + order.target() + nodeId()
                        + " --config FILE, where FILE is Kafka's server.properties, or without if that said nothing that matters");
    }

    private String whole() {
        return (order.look() ? "would adopt " : "adopted ") + order.kafka()
                + (order.inPlace() ? " in place" : " into " + order.target())
                + ", where Kafka was " + (report.cleanlyStopped() ? "stopped cleanly" : "not stopped cleanly") + ": "
                + counted(report.topics(), "topic") + ", " + counted(report.partitions(), "partition") + ", "
                + Numbers.bytes(report.bytes());
    }

    private String groups() {
        List<String> kinds = new ArrayList<>();
        report.groups().forEach((kind, count) -> kinds.add(Numbers.grouped(count) + " " + inWords(kind)));
        return kinds.isEmpty() ? "none" : String.join(", ", kinds);
    }

    private static String inWords(GroupCensus.Kind kind) {
        return switch (kind) {
            case CLASSIC -> "classic";
            case CONSUMER -> "consumer";
            case SHARE -> "share";
            case STREAMS -> "streams";
            case OFFSETS_ALONE -> "with offsets alone";
        };
    }

    private static String named(List<String> ids) {
        return ids.isEmpty() ? "none" : ids.size() + " (" + String.join(", ", ids) + ")";
    }

    private static String counted(int count, String what) {
        return Numbers.grouped(count) + " " + what + (count == 1 ? "" : "s");
    }

    private String nodeId() {
        return report.nodeId() == 1 ? "" : " --set node.id=" + report.nodeId();
    }
}

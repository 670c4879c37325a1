package io.headrace.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.app.terminal.Terminal;
import io.headrace.app.terminal.TerminalProbe;
import io.headrace.broker.Broker;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a broker in this JVM; each test has a topic of its own. */
class ToolsOnBrokerTest {

    @TempDir
    private static Path data;

    private static Broker broker;
    private static String bootstrap;

    private String topic;
    private TerminalProbe last;

    @BeforeAll
    static void start() throws IOException {
        broker = Broker.start(Map.of("log.dirs", data.toString(), "listeners", "PLAINTEXT://127.0.0.1:0"));
        bootstrap = "127.0.0.1:" + broker.address().getPort();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void topicsAreCreatedListedAlteredAndDeleted() {
        assertThat(run("topics", "create", topic, "--partitions", "3", "--config", "retention.ms=1000"))
                .isZero();
        assertThat(last.err()).isEqualTo("created " + topic + "\n");
        assertThat(run("topics", "alter", topic, "-p", "4", "--unset", "retention.ms", "--config", "segment.ms=2000"))
                .isZero();
        assertThat(run("topics", "list")).isZero();
        assertThat(last.out()).containsPattern("(?m)^" + topic + " +4 +1$");
        assertThat(run("topics", "list", "--json")).isZero();
        assertThat(last.out()).contains("\"topic\":\"" + topic + "\"").contains("\"partitions\":4");
        assertThat(run("topics", "describe", topic)).isZero();
        assertThat(last.out())
                .contains("segment.ms=2000")
                .doesNotContain("retention.ms")
                .containsPattern("(?m)^ +3 +1 +1 +1 +0 +0$");
        assertThat(run("topics", "delete", topic)).isZero();
        assertThat(run("topics", "list", "-q")).isZero();
        assertThat(last.out().lines()).doesNotContain(topic);
    }

    @Test
    void aTopicThatIsThereOrIsNotIsToldSo() {
        assertThat(run("topics", "create", topic)).isZero();
        assertThat(run("topics", "create", topic)).isEqualTo(ExitCode.FAILED);
        assertThat(last.err())
                .startsWith("headrace topics create: ")
                .contains(topic)
                .hasLineCount(1);
        assertThat(run("topics", "create", topic, "--if-not-exists")).isZero();
        assertThat(run("topics", "delete", topic)).isZero();
        assertThat(run("topics", "delete", topic)).isEqualTo(ExitCode.FAILED);
        assertThat(last.err()).isEqualTo("headrace topics delete: there is no topic " + topic + "\n");
        assertThat(run("topics", "delete", topic, "--if-exists")).isZero();
        assertThat(run("topics", "describe", topic)).isEqualTo(ExitCode.FAILED);
        assertThat(last.err()).isEqualTo("headrace topics describe: there is no topic " + topic + "\n");
        assertThat(run("consume", topic)).isEqualTo(ExitCode.FAILED);
        assertThat(last.err()).isEqualTo("headrace consume: there is no topic " + topic + "\n");
        assertThat(run("configs", "describe", "--topic", topic)).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void whatIsProducedIsConsumed() {
        assertThat(run("topics", "create", topic, "-p", "1")).isZero();
        assertThat(feed("ATL:1\nJFK:2\nATL:3\n", "produce", topic, "-K", ":", "-H", "from=test", "-z", "zstd"))
                .isZero();
        assertThat(run("consume", topic, "--from-beginning", "--until-end", "-K", "="))
                .isZero();
        assertThat(last.out()).isEqualTo("ATL=1\nJFK=2\nATL=3\n");
        assertThat(run("consume", topic, "-o", "-1", "-e", "--format", "%p:%o %k %v %h"))
                .isZero();
        assertThat(last.out()).isEqualTo("0:2 ATL 3 from=test\n");
        assertThat(run("consume", topic, "-o", "1", "-n", "1")).isZero();
        assertThat(last.out()).isEqualTo("2\n");
        assertThat(run("consume", topic, "--since", "1h", "-e")).isZero();
        assertThat(last.out()).isEqualTo("1\n2\n3\n");
        assertThat(run("consume", topic, "--timeout", "0.2")).isZero();
        assertThat(last.out()).isEmpty();
    }

    @Test
    void aTopicIsCopiedThroughJson() {
        assertThat(run("topics", "create", topic, "-p", "2")).isZero();
        assertThat(feed(
                        "{\"key\":\"a\",\"value\":null,\"partition\":1,\"timestamp\":5,\"headers\":{\"h\":\"x\"}}\n",
                        "produce",
                        topic,
                        "--json"))
                .isZero();
        assertThat(run("consume", topic, "-f", "-e", "--json")).isZero();
        String written = last.out();
        assertThat(feed(written, "produce", topic, "--json")).isZero();
        assertThat(run("consume", topic, "-f", "-e", "--json")).isZero();
        assertThat(last.out()).isEqualTo(written + written.replace("\"offset\":0", "\"offset\":1"));
    }

    @Test
    void aPartitionOrOffsetThatIsNotThereIsToldSo() {
        assertThat(run("topics", "create", topic, "-p", "2")).isZero();
        assertThat(run("consume", topic, "-p", "2", "-f", "-e")).isEqualTo(ExitCode.FAILED);
        assertThat(last.err()).isEqualTo("headrace consume: " + topic + " has no partition 2: it has 0 to 1\n");
        assertThat(run("consume", topic, "-p", "0", "-o", "7")).isEqualTo(ExitCode.FAILED);
        assertThat(last.err()).isEqualTo("headrace consume: " + topic + "-0 has no offset 7: it holds 0 up to 0\n");
        assertThat(feed("x\n", "produce", topic, "-p", "9", "-X", "max.block.ms=300"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(last.err()).startsWith("headrace produce: ").contains("9");
    }

    @Test
    void groupsAreListedDescribedMovedAndDeleted() {
        assertThat(run("topics", "create", topic, "--partitions", "2")).isZero();
        assertThat(feed("a\nb\nc\nd\n", "produce", topic, "--partition", "1")).isZero();
        String group = topic + "-group";
        assertThat(run("groups", "describe", group)).isEqualTo(ExitCode.FAILED);
        assertThat(last.err()).isEqualTo("headrace groups describe: there is no group " + group + "\n");

        assertThat(run("groups", "reset", group, "--topic", topic, "--to-earliest", "--execute"))
                .isZero();
        assertThat(run("groups", "reset", group, "--topic", topic + ":1", "--shift-by", "3"))
                .isZero();
        assertThat(last.out()).containsPattern("(?m)^" + topic + " +1 +0 +3$");
        assertThat(last.err()).isEqualTo("nothing is changed yet: --execute does it\n");
        assertThat(run("groups", "reset", group, "--topic", topic + ":1", "--shift-by", "3", "--execute", "--json"))
                .isZero();
        assertThat(last.out())
                .contains("\"partition\":1,\"before\":0,\"after\":3,\"executed\":true")
                .doesNotContain("\"partition\":0");

        assertThat(run("groups", "list")).isZero();
        assertThat(last.out()).containsPattern("(?m)^" + group + " +classic +Empty$");
        assertThat(run("groups", "list", "--state", "stable", "-q")).isZero();
        assertThat(last.out()).doesNotContain(group);
        assertThat(run("groups", "describe", group)).isZero();
        assertThat(last.out())
                .contains("no members")
                .containsPattern("(?m)^ +" + topic + " +0 +0 +0 +0 +0.0 s$")
                .containsPattern("(?m)^ +" + topic + " +1 +3 +4 +1 +[0-9]+[.][0-9] s$");
        assertThat(run("groups", "describe", group, "--json")).isZero();
        assertThat(last.out()).contains("\"offset\":3,\"end\":4,\"lag\":1,\"behindSeconds\":");

        assertThat(run("groups", "delete-offsets", group, "--topic", topic + ":0"))
                .isZero();
        assertThat(run("groups", "delete", group)).isZero();
        assertThat(run("groups", "delete", group)).isEqualTo(ExitCode.FAILED);
        assertThat(run("groups", "delete", group, "--if-exists")).isZero();
    }

    @Test
    void aGroupIsMovedInEveryWay(@TempDir Path files) throws IOException {
        assertThat(run("topics", "create", topic)).isZero();
        assertThat(feed("a\nb\nc\nd\n", "produce", topic)).isZero();
        String group = topic + "-group";

        assertThat(moved(group, "--to-latest")).isEqualTo(4);
        assertThat(moved(group, "--to-offset", "2")).isEqualTo(2);
        assertThat(moved(group, "--to-current")).isEqualTo(2);
        assertThat(moved(group, "--shift-by", "-1")).isEqualTo(1);
        assertThat(moved(group, "--shift-by", "99")).as("not beyond the end").isEqualTo(4);
        assertThat(moved(group, "--by-duration", "1h")).isZero();
        assertThat(moved(group, "--to-datetime", "2999-01-01T00:00:00Z")).isEqualTo(4);
        assertThat(moved(group, "--to-datetime", "2001-01-01T00:00:00")).isZero();
        Path plan = Files.writeString(files.resolve("plan.csv"), topic + ",0,3\n");
        assertThat(run("groups", "reset", group, "--from-file", plan.toString(), "--execute", "--csv"))
                .isZero();
        assertThat(last.out()).isEqualTo(topic + ",0,3\n");
    }

    private long moved(String group, String... target) {
        List<String> arguments = new ArrayList<>(List.of("groups", "reset", group, "--topic", topic, "--execute"));
        arguments.add("--csv");
        arguments.addAll(List.of(target));
        assertThat(run(arguments.toArray(String[]::new))).as(last.err()).isZero();
        return Long.parseLong(last.out().strip().substring(topic.length() + 3));
    }

    @Test
    void aResetSaysWhereAndWhereTo() {
        assertThat(run("groups", "reset", "any", "--to-latest")).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(last.err()).contains("say where: --topic or --all-topics");
        assertThat(run("groups", "reset", "any", "--topic", "t")).isEqualTo(ExitCode.BAD_USAGE);
        assertThat(run("groups", "reset", "any", "--topic", "t", "--to-latest", "--to-earliest"))
                .isEqualTo(ExitCode.BAD_USAGE);
    }

    @Test
    void configurationsAreSetDescribedAndDeleted() {
        assertThat(run("topics", "create", topic)).isZero();
        assertThat(run("configs", "describe", "-t", topic)).isZero();
        assertThat(last.err()).isEqualTo("nothing is set for topic " + topic + "; --all shows the defaults\n");
        assertThat(run("configs", "set", "-t", topic, "retention.ms=5", "segment.ms=7"))
                .isZero();
        assertThat(run("configs", "describe", "-t", topic)).isZero();
        assertThat(last.out()).containsPattern("(?m)^retention.ms +5 +topic$").hasLineCount(3);
        assertThat(run("configs", "delete", "-t", topic, "segment.ms")).isZero();
        assertThat(run("configs", "describe", "-t", topic, "--json")).isZero();
        assertThat(last.out())
                .contains("\"key\":\"retention.ms\",\"value\":\"5\"")
                .doesNotContain("segment.ms");
        assertThat(run("configs", "describe", "-t", topic, "--all", "--docs")).isZero();
        assertThat(last.out()).contains("compression.type").contains("MEANING");
        assertThat(run("configs", "describe", "--broker", "1")).isZero();
        assertThat(last.out()).containsPattern("(?m)^listeners +PLAINTEXT://127.0.0.1:0 +file$");
    }

    @Test
    void aRefusedConfigurationNamesKeyAndValue() {
        assertThat(run("topics", "create", topic)).isZero();
        assertThat(run("configs", "set", "-t", topic, "retention.ms=-7")).isEqualTo(ExitCode.FAILED);
        assertThat(last.err()).contains("retention.ms=-7 is refused: it takes").hasLineCount(1);
        assertThat(run("configs", "set", "-t", topic, "retenton.ms=7")).isEqualTo(ExitCode.FAILED);
        assertThat(last.err()).contains("did you mean retention.ms?");
    }

    @Test
    void aClientConfigurationIsRead() throws IOException {
        Path file = Files.writeString(data.resolve("client.properties"), "acks=2\n");

        assertThat(feed("x\n", "produce", topic, "--client-config", file.toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(last.err()).contains("acks").hasLineCount(1);
        assertThat(run("topics", "list", "--client-config", "/no/such")).isEqualTo(ExitCode.FAILED);
        assertThat(last.err()).isEqualTo("headrace topics list: there is no file /no/such\n");
    }

    @Test
    void nobodyThereIsToldSo() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String nobody = "127.0.0.1:" + port;

        List<List<String>> commands = List.of(
                List.of("topics", "list", "-X", "default.api.timeout.ms=300", "-X", "request.timeout.ms=300"),
                List.of("consume", topic, "-X", "default.api.timeout.ms=300"),
                List.of("produce", topic, "-X", "max.block.ms=300"));
        for (List<String> command : commands) {
            List<String> arguments = new ArrayList<>(command);
            arguments.addAll(List.of("-b", nobody));
            assertThat(run(arguments)).isEqualTo(ExitCode.FAILED);
            assertThat(last.err()).endsWith(": cannot reach " + nobody + "\n").hasLineCount(1);
        }
    }

    private int run(String... arguments) {
        return feed("", arguments);
    }

    private int run(List<String> arguments) {
        last = new TerminalProbe();
        return CommandLineTools.run(last.terminal(), arguments.toArray(String[]::new));
    }

    private int feed(String in, String... arguments) {
        last = new TerminalProbe(in, Terminal.People.NOWHERE);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-b", bootstrap));
        return CommandLineTools.run(last.terminal(), all.toArray(String[]::new));
    }
}

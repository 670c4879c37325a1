package io.headrace.compat.differential;

import static io.headrace.compat.differential.Requests.BROKER;
import static io.headrace.compat.differential.Requests.TOPIC;
import static io.headrace.compat.differential.Requests.change;
import static io.headrace.compat.differential.Requests.changed;
import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.describe;
import static io.headrace.compat.differential.Requests.operation;
import static io.headrace.compat.differential.Requests.replace;
import static io.headrace.compat.differential.Requests.topic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.protocol.ApiKeys;

/** DescribeConfigs, IncrementalAlterConfigs and AlterConfigs, of topics and brokers. */
final class ConfigChapter implements Chapter {

    private static final int SET = 0;
    private static final int DELETE = 1;
    private static final int APPEND = 2;
    private static final int SUBTRACT = 3;

    @Override
    public void ask(Interview interview) throws Exception {
        interview.ask(
                "prepare",
                ApiKeys.CREATE_TOPICS,
                (_, _) -> createTopics(
                        topic("plain", 1, 1), topic("set", Map.of("retention.ms", "5", "segment.bytes", "9999999"))));
        descriptions(interview);
        increments(interview);
        replacements(interview);
        brokerChanges(interview);
    }

    private static void descriptions(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.DESCRIBE_CONFIGS;
        for (String name : new String[] {"plain", "set", "unknown", "a b", ""}) {
            interview.askAtAllVersions("topic " + name, api, (_, _) -> describe(TOPIC, name, null));
            interview.askAtAllVersions("all about topic " + name, api, (_, _) -> full(describe(TOPIC, name, null)));
        }
        for (String name : new String[] {"1", "", "2", "x", "-1"}) {
            interview.askAtAllVersions("broker " + name, api, (_, _) -> describe(BROKER, name, null));
            interview.askAtAllVersions("all about broker " + name, api, (_, _) -> full(describe(BROKER, name, null)));
        }
        interview.askAtAllVersions(
                "two keys", api, (_, _) -> describe(TOPIC, "set", List.of("retention.ms", "no.such.key")));
        interview.askAtAllVersions("no keys", api, (_, _) -> describe(TOPIC, "set", List.of()));
        interview.askAtAllVersions(
                "two keys of the broker", api, (_, _) -> describe(BROKER, "1", List.of("log.retention.ms", "no.such")));
        for (int type : new int[] {0, 1, 3, 99, -1}) {
            interview.ask("resource type " + type, api, (_, _) -> describe(type, "x", null));
        }
        for (String name : new String[] {"1", "", "2", "x"}) {
            interview.ask("loggers of " + name, api, (_, _) -> describe(8, name, List.of("no.such.logger")));
        }
        for (int type : new int[] {16, 32}) {
            interview.ask("all about type " + type, api, (_, _) -> full(describe(type, "x", null)));
            interview.ask("all about type " + type + " without name", api, (_, _) -> full(describe(type, "", null)));
        }
        interview.ask("one twice", api, (_, _) -> {
            DescribeConfigsRequestData request = describe(TOPIC, "set", List.of("retention.ms"));
            DescribeConfigsRequestData again = describe(TOPIC, "set", List.of("segment.bytes"));
            return request.setResources(
                    List.of(request.resources().getFirst(), again.resources().getFirst()));
        });
    }

    private static DescribeConfigsRequestData full(DescribeConfigsRequestData request) {
        return request.setIncludeSynonyms(true).setIncludeDocumentation(true);
    }

    private static void increments(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.INCREMENTAL_ALTER_CONFIGS;
        String name = "changed";
        interview.ask("prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic(name, 1, 1)));
        Map<String, Operation> operations = new LinkedHashMap<>();
        operations.put("set", new Operation("retention.ms", SET, "100"));
        operations.put("set badly", new Operation("retention.ms", SET, "x"));
        operations.put("set out of range", new Operation("retention.ms", SET, "-7"));
        operations.put("set to null", new Operation("retention.ms", SET, null));
        operations.put("set to nothing", new Operation("retention.ms", SET, ""));
        operations.put("set an unknown key", new Operation("no.such.key", SET, "1"));
        operations.put("set without key", new Operation("", SET, "1"));
        operations.put("set with spaces", new Operation("segment.ms", SET, " 99 "));
        operations.put("delete", new Operation("retention.ms", DELETE, null));
        operations.put("delete with a value", new Operation("segment.ms", DELETE, "5"));
        operations.put("delete what is not set", new Operation("flush.ms", DELETE, null));
        operations.put("delete an unknown key", new Operation("no.such.key", DELETE, null));
        operations.put("append to no list", new Operation("retention.ms", APPEND, "1"));
        operations.put("append to an unknown key", new Operation("no.such.key", APPEND, "1"));
        operations.put("append to a list", new Operation("leader.replication.throttled.replicas", APPEND, "0:1"));
        operations.put("append more", new Operation("leader.replication.throttled.replicas", APPEND, "1:1,2:1"));
        operations.put("append what is there", new Operation("leader.replication.throttled.replicas", APPEND, "1:1"));
        operations.put("append badly", new Operation("leader.replication.throttled.replicas", APPEND, "x"));
        operations.put("append null", new Operation("leader.replication.throttled.replicas", APPEND, null));
        operations.put("append to the default", new Operation("cleanup.policy", APPEND, "delete"));
        operations.put("subtract", new Operation("leader.replication.throttled.replicas", SUBTRACT, "0:1"));
        operations.put(
                "subtract what is not there", new Operation("leader.replication.throttled.replicas", SUBTRACT, "7:7"));
        operations.put(
                "subtract the rest", new Operation("leader.replication.throttled.replicas", SUBTRACT, "1:1,2:1"));
        operations.put("subtract from no list", new Operation("retention.ms", SUBTRACT, "1"));
        operations.put("subtract the default", new Operation("cleanup.policy", SUBTRACT, "delete"));
        operations.put("no such operation", new Operation("retention.ms", 4, "1"));
        for (Map.Entry<String, Operation> entry : operations.entrySet()) {
            Operation operation = entry.getValue();
            interview.ask(
                    entry.getKey() + ", validated",
                    api,
                    (_, _) -> change(changed(TOPIC, name, operation.asConfig())).setValidateOnly(true));
            interview.ask(entry.getKey(), api, (_, _) -> change(changed(TOPIC, name, operation.asConfig())));
            interview.ask("after " + entry.getKey(), ApiKeys.DESCRIBE_CONFIGS, (_, _) -> describe(TOPIC, name, null));
        }
        interview.askAtAllVersions(
                "set", api, (_, v) -> change(changed(TOPIC, name, operation("flush.ms", SET, "4" + v))));
        interview.ask("nothing", api, (_, _) -> change());
        interview.ask("no change", api, (_, _) -> change(changed(TOPIC, name)));
        interview.ask(
                "one key twice",
                api,
                (_, _) ->
                        change(changed(TOPIC, name, operation("flush.ms", SET, "1"), operation("flush.ms", SET, "2"))));
        interview.ask(
                "one key set and deleted",
                api,
                (_, _) -> change(
                        changed(TOPIC, name, operation("flush.ms", SET, "1"), operation("flush.ms", DELETE, null))));
        interview.ask(
                "one resource twice",
                api,
                (_, _) -> change(
                        changed(TOPIC, name, operation("flush.ms", SET, "1")),
                        changed(TOPIC, name, operation("segment.ms", SET, "1000"))));
        interview.ask(
                "one good, one bad key",
                api,
                (_, _) -> change(
                        changed(TOPIC, name, operation("flush.ms", SET, "777"), operation("segment.ms", SET, "x"))));
        interview.ask("after all", ApiKeys.DESCRIBE_CONFIGS, (_, _) -> describe(TOPIC, name, null));
        interview.ask(
                "one good, one bad resource",
                api,
                (_, _) -> change(
                        changed(TOPIC, name, operation("flush.ms", SET, "778")),
                        changed(TOPIC, "unknown", operation("flush.ms", SET, "778"))));
        for (String bad : new String[] {"unknown", "a b", ""}) {
            interview.ask("topic " + bad, api, (_, _) -> change(changed(TOPIC, bad, operation("flush.ms", SET, "1"))));
        }
        for (int type : new int[] {0, 1, 3, 99, -1}) {
            interview.ask(
                    "resource type " + type,
                    api,
                    (_, _) -> change(changed(type, "x", operation("flush.ms", SET, "1"))));
        }
    }

    private static void replacements(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.ALTER_CONFIGS;
        String name = "replaced";
        interview.ask("prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic(name, 1, 1)));
        Map<String, Map<String, String>> contents = new LinkedHashMap<>();
        contents.put("two keys", Map.of("retention.ms", "1000", "segment.ms", "2000"));
        contents.put("another key", Map.of("flush.ms", "1000"));
        contents.put("a bad value", Map.of("flush.ms", "x"));
        contents.put("an unknown key", Map.of("no.such.key", "1"));
        contents.put("a good and a bad key", Map.of("retention.ms", "8", "no.such.key", "1"));
        contents.put("nothing", Map.of());
        for (Map.Entry<String, Map<String, String>> content : contents.entrySet()) {
            interview.ask(
                    content.getKey() + ", validated",
                    api,
                    (_, _) -> replace(TOPIC, name, content.getValue()).setValidateOnly(true));
            interview.askAtAllVersions(content.getKey(), api, (_, _) -> replace(TOPIC, name, content.getValue()));
            interview.ask("after " + content.getKey(), ApiKeys.DESCRIBE_CONFIGS, (_, _) -> describe(TOPIC, name, null));
        }
        Map<String, String> withNull = new LinkedHashMap<>();
        withNull.put("retention.ms", null);
        interview.askAtAllVersions("null", api, (_, _) -> replace(TOPIC, name, withNull));
        for (String bad : new String[] {"unknown", "a b", ""}) {
            interview.ask("topic " + bad, api, (_, _) -> replace(TOPIC, bad, Map.of("flush.ms", "1")));
        }
        for (int type : new int[] {0, 1, 3, 8, 99, -1}) {
            interview.ask("resource type " + type, api, (_, _) -> replace(type, "x", Map.of("flush.ms", "1")));
        }
        interview.ask(
                "unhonoured log.cleaner.threads=2 in all",
                api,
                (_, _) -> replace(BROKER, "1", Map.of("log.cleaner.threads", "2")));
        interview.ask(
                "after unhonoured log.cleaner.threads=2 in all",
                ApiKeys.DESCRIBE_CONFIGS,
                (_, _) -> describe(BROKER, "1", List.of("log.cleaner.threads")));
        interview.ask("a broker's none", api, (_, _) -> replace(BROKER, "1", Map.of()));
        interview.ask("a broker's fixed key", api, (_, _) -> replace(BROKER, "1", Map.of("process.roles", "broker")));
        interview.ask(
                "an unknown broker's key", api, (_, _) -> replace(BROKER, "2", Map.of("log.cleaner.threads", "2")));
    }

    /** Each is set and deleted again, so that none is left to disturb what follows. */
    private static void brokerChanges(Interview interview) throws Exception {
        String[][] changes = {
            {"log.retention.ms", "86400000"},
            {"log.retention.ms", "x"},
            {"log.retention.hours", "5"},
            {"log.segment.bytes", "2000000"},
            {"log.segment.bytes", "1"},
            {"message.max.bytes", "2000000"},
            {"compression.type", "gzip"},
            {"compression.type", "rar"},
            {"min.insync.replicas", "2"},
            {"unclean.leader.election.enable", "true"},
            {"log.cleaner.threads", "0"},
            {"num.network.threads", "100"},
            {"log.message.timestamp.type", "LogAppendTime"},
            {"num.partitions", "3"},
            {"auto.create.topics.enable", "false"},
            {"default.replication.factor", "1"},
            {"log.dirs", "/tmp/x"},
            {"process.roles", "broker"},
            {"node.id", "2"},
            {"broker.id", "2"},
            {"listeners", "PLAINTEXT://:1"},
            {"advertised.listeners", "PLAINTEXT://x:1"},
            {"ssl.keystore.location", "/tmp/x"},
            {"ssl.keystore.password", "secret"},
            {"metric.reporters", "x"},
            {"group.initial.rebalance.delay.ms", "5"},
            {"offsets.retention.minutes", "5"},
        };
        String[][] unhonoured = {
            {"log.cleanup.policy", "compact"},
            {"log.cleaner.threads", "2"},
            {"num.io.threads", "9"},
            {"num.network.threads", "4"},
            {"background.threads", "11"},
            {"num.replica.fetchers", "2"},
            {"num.recovery.threads.per.data.dir", "1"},
            {"max.connections", "1000"},
            {"max.connections.per.ip", "1000"},
            {"max.connection.creation.rate", "1000"},
            {"transaction.partition.verification.enable", "false"},
            {"producer.id.expiration.ms", "86400001"},
            {"log.local.retention.ms", "1000"},
            {"message.timestamp.type", "CreateTime"},
            {"no.such.key", "1"},
            {"listener.name.x.no.such.key", "1"},
            {"leader.replication.throttled.rate", "1000"},
            {"retention.ms", "1000"},
        };
        for (String[] change : changes) {
            brokerChange(interview, "", "1", change[0], change[1]);
        }
        for (String[] change : unhonoured) {
            brokerChange(interview, "unhonoured ", "1", change[0], change[1]);
        }
        brokerChange(interview, "", "", "log.retention.ms", "86400000");
        brokerChange(interview, "", "", "log.retention.ms", "x");
        brokerChange(interview, "", "", "compression.type", "gzip");
        brokerChange(interview, "", "", "process.roles", "broker");
        brokerChange(interview, "", "", "ssl.keystore.password", "secret");
        for (String bad : new String[] {"2", "x", "-1"}) {
            interview.ask(
                    "broker " + bad,
                    ApiKeys.INCREMENTAL_ALTER_CONFIGS,
                    (_, _) -> change(changed(BROKER, bad, operation("log.retention.ms", SET, "1"))));
        }
        interview.ask("broker 1 in the end", ApiKeys.DESCRIBE_CONFIGS, (_, _) -> full(describe(BROKER, "1", null)));
    }

    private static void brokerChange(Interview interview, String kind, String broker, String key, String value)
            throws Exception {
        String about = kind + key + "=" + value + (broker.isEmpty() ? " for all" : "");
        interview.ask(
                about,
                ApiKeys.INCREMENTAL_ALTER_CONFIGS,
                (_, _) -> change(changed(BROKER, broker, operation(key, SET, value))));
        for (String described : new String[] {"1", ""}) {
            interview.ask(
                    "broker " + described + " after " + about,
                    ApiKeys.DESCRIBE_CONFIGS,
                    (_, _) -> full(describe(BROKER, described, List.of(key))));
        }
        interview.ask("topic after " + about, ApiKeys.DESCRIBE_CONFIGS, (_, _) -> full(describe(TOPIC, "plain", null)));
        interview.ask(
                "no more " + about,
                ApiKeys.INCREMENTAL_ALTER_CONFIGS,
                (_, _) -> change(changed(BROKER, broker, operation(key, DELETE, null))));
    }

    private record Operation(String key, int kind, String value) {
        AlterableConfig asConfig() {
            return operation(key, kind, value);
        }
    }
}

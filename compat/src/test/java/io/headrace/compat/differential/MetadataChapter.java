package io.headrace.compat.differential;

import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.topic;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;

/** Metadata and DescribeTopicPartitions. */
final class MetadataChapter implements Chapter {

    private static final String[] BAD_NAMES = {"", ".", "..", "a b", "ä", "a/b", "a".repeat(250), "a\nb"};

    @Override
    public void ask(Interview interview) throws Exception {
        interview.ask(
                "prepare",
                ApiKeys.CREATE_TOPICS,
                (_, _) -> createTopics(topic("seen", 1, 1), topic("seen-too", 5, 1), topic("seen.as.well", 2, 1)));
        metadata(interview);
        creations(interview);
        descriptions(interview);
    }

    private static void metadata(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.METADATA;
        interview.askAtAllVersions("all", api, (_, v) -> v == 0 ? named() : named().setTopics(null));
        interview.askAtAllVersions("an empty list", api, (_, _) -> named());
        interview.askAtAllVersions("known", api, (_, _) -> named("seen", "seen-too"));
        interview.askAtAllVersions("known twice", api, (_, _) -> named("seen", "seen"));
        interview.askAtAllVersions("unknown", api, (_, v) -> kept(named("seen", "unseen"), v));
        for (String name : BAD_NAMES) {
            interview.askAtAllVersions("bad name " + name, api, (_, v) -> kept(named(name), v));
        }
        interview.askAtAllVersions(
                "operations of topics", api, (_, _) -> named("seen").setIncludeTopicAuthorizedOperations(true));
        interview.askAtAllVersions(
                "operations of the cluster", api, (_, _) -> named("seen").setIncludeClusterAuthorizedOperations(true));
        interview.askAtAllVersions("by id", api, (w, _) -> byId(w.topicId("seen"), null));
        interview.askAtAllVersions("by an unknown id", api, (_, _) -> byId(new Uuid(1, 2), null));
        interview.askAtAllVersions("by id and name", api, (w, _) -> byId(w.topicId("seen"), "seen-too"));
        interview.askAtAllVersions("by id, twice", api, (w, _) -> {
            MetadataRequestData request = byId(w.topicId("seen"), null);
            request.topics()
                    .add(new MetadataRequestTopic()
                            .setTopicId(w.topicId("seen"))
                            .setName(null));
            return request;
        });
        interview.askAtAllVersions("neither id nor name", api, (_, _) -> byId(Uuid.ZERO_UUID, null));
        interview.askAtAllVersions("an id and a name of two topics", api, (w, _) -> {
            MetadataRequestData request = byId(w.topicId("seen"), null);
            request.topics().add(new MetadataRequestTopic().setName("seen-too"));
            return request;
        });
    }

    /** What a client that may create a topic is told once it is there. */
    private static void creations(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.METADATA;
        for (short version = interview.oldest(api); version <= interview.newest(api); version++) {
            String name = "made-by-asking-" + version;
            interview.ask("created", version, (_, _) -> named(name, "seen"));
        }
        for (String name : BAD_NAMES) {
            interview.ask("created with bad name " + name, api, (_, _) -> named(name));
        }
        interview.ask("created with colliding name", api, (_, _) -> named("seen_as_well"));
        interview.ask("forbidden to create internal", api, (_, v) -> kept(named("__transaction_state"), v));
    }

    private static MetadataRequestData named(String... names) {
        List<MetadataRequestTopic> topics = new ArrayList<>();
        for (String name : names) {
            topics.add(new MetadataRequestTopic().setName(name));
        }
        return new MetadataRequestData().setTopics(topics).setAllowAutoTopicCreation(true);
    }

    private static MetadataRequestData kept(MetadataRequestData request, short version) {
        return version < 4
                ? request.setTopics(List.of(new MetadataRequestTopic().setName("seen")))
                : request.setAllowAutoTopicCreation(false);
    }

    private static MetadataRequestData byId(Uuid id, String name) {
        return new MetadataRequestData()
                .setTopics(new ArrayList<>(
                        List.of(new MetadataRequestTopic().setTopicId(id).setName(name))))
                .setAllowAutoTopicCreation(false);
    }

    private static void descriptions(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.DESCRIBE_TOPIC_PARTITIONS;
        interview.ask("all", api, (_, _) -> describe(2000, null));
        interview.ask("known", api, (_, _) -> describe(2000, null, "seen-too", "seen"));
        interview.ask("twice", api, (_, _) -> describe(2000, null, "seen", "seen"));
        interview.ask("unknown", api, (_, _) -> describe(2000, null, "unseen", "seen"));
        for (String name : BAD_NAMES) {
            interview.ask("bad name " + name, api, (_, _) -> describe(2000, null, name));
        }
        for (int limit : new int[] {-1, 0, 1, 2, 3, 5, 6, 7, 8}) {
            interview.ask("limit " + limit, api, (_, _) -> describe(limit, null, "seen", "seen-too", "seen.as.well"));
        }
        interview.ask("all, limit 3", api, (_, _) -> describe(3, null));
        interview.ask(
                "from a cursor", api, (_, _) -> describe(3, cursor("seen-too", 2), "seen", "seen-too", "seen.as.well"));
        interview.ask("all from a cursor", api, (_, _) -> describe(4, cursor("seen-too", 2)));
        interview.ask(
                "from a cursor at an unknown topic",
                api,
                (_, _) -> describe(3, cursor("seen-f", 2), "seen", "seen-too"));
        interview.ask("all from a cursor at an unknown topic", api, (_, _) -> describe(3, cursor("seen-f", 2)));
        interview.ask(
                "from a cursor beyond the partitions",
                api,
                (_, _) -> describe(3, cursor("seen-too", 9), "seen-too", "seen.as.well"));
        interview.ask(
                "from a cursor below the partitions",
                api,
                (_, _) -> describe(3, cursor("seen-too", -1), "seen-too", "seen.as.well"));
        interview.ask("from a cursor beyond all", api, (_, _) -> describe(3, cursor("zzz", 0), "seen", "seen-too"));
    }

    private static Cursor cursor(String topic, int partition) {
        return new Cursor().setTopicName(topic).setPartitionIndex(partition);
    }

    private static DescribeTopicPartitionsRequestData describe(int limit, Cursor cursor, String... names) {
        List<TopicRequest> topics = new ArrayList<>();
        for (String name : names) {
            topics.add(new TopicRequest().setName(name));
        }
        return new DescribeTopicPartitionsRequestData()
                .setTopics(topics)
                .setResponsePartitionLimit(limit)
                .setCursor(cursor);
    }
}

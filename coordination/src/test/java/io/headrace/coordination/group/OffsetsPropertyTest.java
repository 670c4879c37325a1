package io.headrace.coordination.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopicCollection;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commits, transactions, deletions and expiry in any order: a coordinator that has been loaded says what the one that wrote
 * the log said, and an offset is what a plain map of the acknowledged commits says it is.
 */
final class OffsetsPropertyTest {

    private static final int STEPS = 600;
    private static final int PARTITIONS = 3;
    private static final List<String> GROUPS = List.of("g", "h");

    /** Where a group stands in a partition of the one topic. */
    private record Place(String group, int partition) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aLoadedCoordinatorSaysWhatTheLiveOneSaid(long seed) {
        new Run(seed).run();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 50);
    }

    private static final class Run {

        private final Random random;
        private final Map<Long, ApiMessage> answers = new LinkedHashMap<>();
        private final TestHost host;
        private final Map<Place, Long> committed = new LinkedHashMap<>();

        /** By producer, in the order of writing. */
        private final Map<Long, Map<Place, Long>> pending = new LinkedHashMap<>();

        /** The write that an offset was committed with, since a transaction's does not go over a later one. */
        private final Map<Long, Long> writeOf = new LinkedHashMap<>();

        private long nextOffset;

        Run(long seed) {
            random = new Random(seed);
            host = new TestHost(GroupSettings.defaults(), seed, answers::put);
            host.topics.create("t", PARTITIONS);
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                step();
                assertThat(offsets(false)).isEqualTo(expected());
                if (random.nextInt(20) == 0) {
                    List<String> before = everything();
                    host.crash();
                    assertThat(everything()).isEqualTo(before);
                }
            }
        }

        private void step() {
            Place place = new Place(GROUPS.get(random.nextInt(GROUPS.size())), random.nextInt(PARTITIONS));
            long producerId = random.nextInt(3);
            int dice = random.nextInt(100);
            if (dice < 40) {
                commit(place);
            } else if (dice < 70) {
                send(producerId, place);
            } else if (dice < 90) {
                end(producerId, random.nextInt(3) > 0);
            } else if (dice < 97) {
                deleteOffset(place);
            } else {
                deleteGroup(place.group());
            }
        }

        private void commit(Place place) {
            long offset = nextOffset++;
            ask(
                    new OffsetCommitRequestData()
                            .setGroupId(place.group())
                            .setTopics(List.of(new OffsetCommitRequestTopic()
                                    .setName("t")
                                    .setPartitions(List.of(new OffsetCommitRequestPartition()
                                            .setPartitionIndex(place.partition())
                                            .setCommittedOffset(offset))))),
                    9);
            committed.put(place, offset);
            writeOf.put(offset, host.writes());
        }

        private void send(long producerId, Place place) {
            long offset = nextOffset++;
            ask(
                    new TxnOffsetCommitRequestData()
                            .setGroupId(place.group())
                            .setProducerId(producerId)
                            .setTopics(List.of(new TxnOffsetCommitRequestTopic()
                                    .setName("t")
                                    .setPartitions(List.of(new TxnOffsetCommitRequestPartition()
                                            .setPartitionIndex(place.partition())
                                            .setCommittedOffset(offset))))),
                    5);
            pending.computeIfAbsent(producerId, _ -> new LinkedHashMap<>()).put(place, offset);
            writeOf.put(offset, host.writes());
        }

        private void end(long producerId, boolean commit) {
            host.endTransaction(producerId, commit);
            host.flush();
            Map<Place, Long> ended = pending.remove(producerId);
            if (commit && ended != null) {
                ended.forEach((place, offset) -> committed.merge(
                        place, offset, (one, other) -> writeOf.get(one) > writeOf.get(other) ? one : other));
            }
        }

        private void deleteOffset(Place place) {
            OffsetDeleteRequestTopicCollection topics = new OffsetDeleteRequestTopicCollection();
            topics.add(new OffsetDeleteRequestTopic()
                    .setName("t")
                    .setPartitions(List.of(new OffsetDeleteRequestPartition().setPartitionIndex(place.partition()))));
            ask(new OffsetDeleteRequestData().setGroupId(place.group()).setTopics(topics), 0);
            forget(place);
        }

        private void deleteGroup(String group) {
            ask(new DeleteGroupsRequestData().setGroupsNames(List.of(group)), 2);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                forget(new Place(group, partition));
            }
        }

        private void forget(Place place) {
            committed.remove(place);
            pending.values().forEach(offsets -> offsets.remove(place));
        }

        // ---- what is seen

        private List<String> expected() {
            List<String> expected = new ArrayList<>();
            for (String group : GROUPS) {
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    expected.add(group + "-" + partition + "="
                            + committed.getOrDefault(new Place(group, partition), -1L) + " 0");
                }
            }
            return expected;
        }

        private List<String> everything() {
            List<String> everything = new ArrayList<>(offsets(true));
            everything.add(ask(new ListGroupsRequestData(), 5).toString());
            return everything;
        }

        private List<String> offsets(boolean stable) {
            OffsetFetchRequestTopics topic =
                    new OffsetFetchRequestTopics().setName("t").setPartitionIndexes(List.of(0, 1, 2));
            OffsetFetchResponseData response = (OffsetFetchResponseData) ask(
                    new OffsetFetchRequestData()
                            .setRequireStable(stable)
                            .setGroups(GROUPS.stream()
                                    .map(group -> new OffsetFetchRequestGroup()
                                            .setGroupId(group)
                                            .setTopics(List.of(topic)))
                                    .toList()),
                    9);
            return response.groups().stream()
                    .flatMap(group -> group.topics().getFirst().partitions().stream()
                            .map(partition -> group.groupId() + "-" + partition.partitionIndex() + "="
                                    + partition.committedOffset() + " " + partition.errorCode()))
                    .toList();
        }

        private ApiMessage ask(ApiMessage request, int version) {
            long ticket = host.ask(request, version, "client");
            host.flush();
            return answers.remove(ticket);
        }
    }
}

package io.headrace.coordination.group.consumer.assignor;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.coordination.group.consumer.TopicIdPartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the assignors promise, by example and for groups drawn at random. More seeds: {@code -Dheadrace.seeds=1000}. */
final class AssignorTest {

    private static final Uuid ORDERS = new Uuid(0, 1);
    private static final Uuid PAYMENTS = new Uuid(0, 2);

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("headrace.seeds", 300));
    }

    @Test
    void rangeGivesEqualPartitionsOfTopicsToOneMember() {
        Group group = new Group().topic(ORDERS, 5).topic(PAYMENTS, 5);
        group.join("a", ORDERS, PAYMENTS);
        group.join("b", ORDERS, PAYMENTS);

        group.assign(Assignor.RANGE);

        assertThat(group.text("a")).isEqualTo("1:0 1:1 1:2 2:0 2:1 2:2");
        assertThat(group.text("b")).isEqualTo("1:3 1:4 2:3 2:4");
    }

    @Test
    void rangeCutsEachTopicForItsOwnSubscribers() {
        Group group = new Group().topic(ORDERS, 3).topic(PAYMENTS, 3);
        group.join("a", ORDERS);
        group.join("b", ORDERS, PAYMENTS);
        group.join("c", PAYMENTS);

        group.assign(Assignor.RANGE);

        assertThat(group.text("a")).isEqualTo("1:0 1:1");
        assertThat(group.text("b")).isEqualTo("1:2 2:0 2:1");
        assertThat(group.text("c")).isEqualTo("2:2");
    }

    @Test
    void rangeKnowsStaticMembersByTheirInstance() {
        Group group = new Group().topic(ORDERS, 2);
        group.joinStatic("z", "first", ORDERS);
        group.join("a", ORDERS);

        group.assign(Assignor.RANGE);

        assertThat(group.text("z")).isEqualTo("1:0");
        assertThat(group.text("a")).isEqualTo("1:1");
    }

    @Test
    void uniformMovesOnlyWhatANewMemberNeeds() {
        Group group = new Group().topic(ORDERS, 6);
        group.join("a", ORDERS);
        group.join("b", ORDERS);
        group.assign(Assignor.UNIFORM);
        assertThat(group.text("a")).isEqualTo("1:0 1:2 1:4");
        assertThat(group.text("b")).isEqualTo("1:1 1:3 1:5");

        group.join("c", ORDERS);
        group.assign(Assignor.UNIFORM);

        assertThat(group.text("a")).isEqualTo("1:0 1:2");
        assertThat(group.text("b")).isEqualTo("1:1 1:3");
        assertThat(group.text("c")).isEqualTo("1:4 1:5");
    }

    @Test
    void uniformLightensAMemberThatSubscribesToMore() {
        Group group = new Group().topic(ORDERS, 4).topic(PAYMENTS, 2);
        group.join("a", ORDERS);
        group.join("b", ORDERS, PAYMENTS);

        group.assign(Assignor.UNIFORM);

        assertThat(group.target("a")).hasSize(3);
        assertThat(group.target("b")).hasSize(3).contains(new TopicIdPartition(PAYMENTS, 0));
    }

    @Test
    void nobodyAndNothingIsAssignedNothing() {
        Group group = new Group().topic(ORDERS, 3);
        group.assign(Assignor.UNIFORM);
        group.assign(Assignor.RANGE);
        group.join("a");
        group.assign(Assignor.UNIFORM);
        assertThat(group.target("a")).isEmpty();
        group.assign(Assignor.RANGE);
        assertThat(group.target("a")).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyPartitionGoesToOneOfItsSubscribers(long seed) {
        Group group = new Group();
        RandomChanges changes = new RandomChanges(seed, group, false);
        for (int i = 0; i < 8; i++) {
            changes.next();
            group.assign(changes.assignor());
            group.checkComplete();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void uniformIsEvenAndMovesNoMoreThanItMustWhereAllSubscribeAlike(long seed) {
        Group group = new Group();
        RandomChanges changes = new RandomChanges(seed, group, true);
        for (int i = 0; i < 8; i++) {
            changes.next();
            int stays = group.mostThatCanStay();
            NavigableMap<String, NavigableSet<TopicIdPartition>> before = group.targets();
            group.assign(Assignor.UNIFORM);
            group.checkComplete();
            assertThat(group.spread()).isLessThanOrEqualTo(1);
            assertThat(group.unmovedSince(before)).isEqualTo(stays);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void uniformLeavesNoMoveThatWouldHelp(long seed) {
        Group group = new Group();
        RandomChanges changes = new RandomChanges(seed, group, false);
        for (int i = 0; i < 8; i++) {
            changes.next();
            group.assign(Assignor.UNIFORM);
            group.checkNoMoveHelps();
            NavigableMap<String, NavigableSet<TopicIdPartition>> settled = group.targets();
            group.assign(Assignor.UNIFORM);
            assertThat(group.targets()).isEqualTo(settled);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void rangeCutsTopicsWithEqualSubscribersAlike(long seed) {
        Group group = new Group();
        RandomChanges changes = new RandomChanges(seed, group, true);
        changes.next();
        group.topic(ORDERS, 7).topic(PAYMENTS, 7);
        group.everybodySubscribesTo(ORDERS, PAYMENTS);
        group.assign(Assignor.RANGE);
        group.subscribers.forEach(subscriber -> assertThat(numbers(group.target(subscriber.memberId()), ORDERS))
                .isEqualTo(numbers(group.target(subscriber.memberId()), PAYMENTS)));
    }

    private static List<Integer> numbers(NavigableSet<TopicIdPartition> partitions, Uuid topicId) {
        return partitions.stream()
                .filter(partition -> partition.topicId().equals(topicId))
                .map(TopicIdPartition::partition)
                .toList();
    }

    /** Members and topics, and the target that the assignments so far have led to. */
    private static final class Group {

        final List<Subscriber> subscribers = new ArrayList<>();
        final NavigableMap<Uuid, Integer> partitionCounts = new TreeMap<>();

        Group topic(Uuid id, int partitions) {
            partitionCounts.put(id, partitions);
            return this;
        }

        void join(String memberId, Uuid... topics) {
            joinStatic(memberId, null, topics);
        }

        void joinStatic(String memberId, String instanceId, Uuid... topics) {
            subscribers.add(new Subscriber(
                    memberId, instanceId, new TreeSet<>(Arrays.asList(topics)), Collections.emptyNavigableSet()));
        }

        void everybodySubscribesTo(Uuid... topics) {
            subscribers.replaceAll(subscriber -> new Subscriber(
                    subscriber.memberId(),
                    subscriber.instanceId(),
                    new TreeSet<>(Arrays.asList(topics)),
                    subscriber.target()));
        }

        void assign(Assignor assignor) {
            NavigableMap<String, NavigableSet<TopicIdPartition>> targets =
                    assignor.assign(subscribers, partitionCounts::get);
            assertThat(targets.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            subscribers.stream().map(Subscriber::memberId).toList());
            subscribers.replaceAll(subscriber -> new Subscriber(
                    subscriber.memberId(),
                    subscriber.instanceId(),
                    subscriber.topics(),
                    targets.get(subscriber.memberId())));
        }

        NavigableMap<String, NavigableSet<TopicIdPartition>> targets() {
            NavigableMap<String, NavigableSet<TopicIdPartition>> targets = new TreeMap<>();
            subscribers.forEach(subscriber -> targets.put(subscriber.memberId(), subscriber.target()));
            return targets;
        }

        NavigableSet<TopicIdPartition> target(String memberId) {
            return targets().get(memberId);
        }

        String text(String memberId) {
            return target(memberId).stream()
                    .map(partition -> partition.topicId().getLeastSignificantBits() + ":" + partition.partition())
                    .collect(Collectors.joining(" "));
        }

        void checkComplete() {
            NavigableSet<TopicIdPartition> wanted = new TreeSet<>();
            List<TopicIdPartition> given = new ArrayList<>();
            for (Subscriber subscriber : subscribers) {
                for (Uuid topicId : subscriber.topics()) {
                    for (int number = 0; number < partitionCounts.get(topicId); number++) {
                        wanted.add(new TopicIdPartition(topicId, number));
                    }
                }
                subscriber
                        .target()
                        .forEach(partition -> assertThat(subscriber.topics()).contains(partition.topicId()));
                given.addAll(subscriber.target());
            }
            assertThat(given).containsExactlyInAnyOrderElementsOf(wanted);
        }

        int spread() {
            List<Integer> sizes = subscribers.stream()
                    .map(subscriber -> subscriber.target().size())
                    .toList();
            return sizes.isEmpty() ? 0 : Collections.max(sizes) - Collections.min(sizes);
        }

        /** Everybody keeps up to its share, and as many as possible of the larger shares are where they can be kept. */
        int mostThatCanStay() {
            if (subscribers.isEmpty()) {
                return 0;
            }
            int all = subscribers.getFirst().topics().stream()
                    .mapToInt(partitionCounts::get)
                    .sum();
            int share = all / subscribers.size();
            int larger = all % subscribers.size();
            int stays = 0;
            for (Subscriber subscriber : subscribers) {
                int held = (int) subscriber.target().stream()
                        .filter(partition -> subscriber.topics().contains(partition.topicId()))
                        .count();
                boolean keepsLarger = held > share && larger > 0;
                larger -= keepsLarger ? 1 : 0;
                stays += Math.min(held, share + (keepsLarger ? 1 : 0));
            }
            return stays;
        }

        int unmovedSince(NavigableMap<String, NavigableSet<TopicIdPartition>> before) {
            return subscribers.stream()
                    .mapToInt(subscriber -> (int) subscriber.target().stream()
                            .filter(
                                    before.getOrDefault(subscriber.memberId(), Collections.emptyNavigableSet())
                                            ::contains)
                            .count())
                    .sum();
        }

        void checkNoMoveHelps() {
            for (Subscriber from : subscribers) {
                for (Subscriber to : subscribers) {
                    boolean canMove = from.target().stream()
                            .anyMatch(partition -> to.topics().contains(partition.topicId()));
                    if (canMove) {
                        assertThat(from.target().size() - to.target().size()).isLessThanOrEqualTo(1);
                    }
                }
            }
        }
    }

    /** Members come and go, topics come and grow, and where not all are alike, subscriptions change. */
    private static final class RandomChanges {

        private final SplittableRandom random;
        private final Group group;
        private final boolean alike;
        private int joined;

        RandomChanges(long seed, Group group, boolean alike) {
            this.random = new SplittableRandom(seed);
            this.group = group;
            this.alike = alike;
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                group.topic(new Uuid(0, i), random.nextInt(1, 12));
            }
        }

        void next() {
            for (int i = random.nextInt(4); i > 0; i--) {
                String memberId = "m" + joined++;
                group.joinStatic(memberId, random.nextInt(3) == 0 ? "i" + memberId : null, someTopics());
            }
            if (random.nextBoolean() && !group.subscribers.isEmpty()) {
                group.subscribers.remove(random.nextInt(group.subscribers.size()));
            }
            if (random.nextInt(4) == 0) {
                Uuid grown = new Uuid(0, random.nextInt(1, group.partitionCounts.size() + 1));
                group.partitionCounts.merge(grown, random.nextInt(1, 5), Integer::sum);
            }
            if (random.nextInt(3) == 0) {
                if (alike) {
                    group.everybodySubscribesTo(someTopics());
                } else if (!group.subscribers.isEmpty()) {
                    int changed = random.nextInt(group.subscribers.size());
                    Subscriber before = group.subscribers.get(changed);
                    group.subscribers.set(
                            changed,
                            new Subscriber(
                                    before.memberId(),
                                    before.instanceId(),
                                    new TreeSet<>(Arrays.asList(someTopics())),
                                    before.target()));
                }
            }
        }

        Assignor assignor() {
            return random.nextBoolean() ? Assignor.UNIFORM : Assignor.RANGE;
        }

        private Uuid[] someTopics() {
            if (alike && !group.subscribers.isEmpty() && random.nextInt(3) != 0) {
                return group.subscribers.getFirst().topics().toArray(Uuid[]::new);
            }
            Uuid[] topics = group.partitionCounts.keySet().stream()
                    .filter(_ -> random.nextInt(3) != 0)
                    .toArray(Uuid[]::new);
            if (alike) {
                group.everybodySubscribesTo(topics);
            }
            return topics;
        }
    }
}

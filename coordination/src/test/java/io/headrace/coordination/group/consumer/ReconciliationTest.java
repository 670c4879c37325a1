package io.headrace.coordination.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Members that walk to targets that change under them, step by step and in any order. */
final class ReconciliationTest {

    private static final Uuid TOPIC = new Uuid(0, 1);
    private static final int MEMBERS = 4;
    private static final int PARTITIONS = 6;

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noPartitionHasTwoOwnersAndInTheEndEveryTargetIsReached(long seed) {
        Walk walk = new Walk(seed, true);
        for (int i = 0; i < 200; i++) {
            walk.step();
            assertThat(walk.hasTwoOwners()).isFalse();
        }
        for (int i = 0; i < 10; i++) {
            for (int member = 0; member < MEMBERS; member++) {
                walk.step(member, true);
            }
        }
        for (int member = 0; member < MEMBERS; member++) {
            assertThat(walk.members.get(member).isReconciledTo(walk.epoch)).isTrue();
            assertThat(walk.owned.get(member)).isEqualTo(walk.targets.get(member));
        }
    }

    /** The canary: who does not ask what others hold gives it twice, and the test above would see it. */
    @Test
    void membersThatDoNotWaitForEachOtherAreFound() {
        assertThat(seeds().mapToObj(seed -> new Walk(seed, false)).anyMatch(walk -> {
                    boolean found = false;
                    for (int i = 0; i < 200; i++) {
                        walk.step();
                        found |= walk.hasTwoOwners();
                    }
                    return found;
                }))
                .isTrue();
    }

    private static final class Walk {

        private final SplittableRandom random;
        private final boolean waits;
        private final PartitionHolders holders = new PartitionHolders();
        private final List<CurrentAssignment> members = new ArrayList<>();
        private final List<NavigableSet<TopicIdPartition>> targets = new ArrayList<>();
        private final List<NavigableSet<TopicIdPartition>> owned = new ArrayList<>();
        private int epoch = 1;

        Walk(long seed, boolean waits) {
            random = new SplittableRandom(seed);
            this.waits = waits;
            for (int i = 0; i < MEMBERS; i++) {
                members.add(CurrentAssignment.OF_NEW_MEMBER);
                targets.add(new TreeSet<>());
                owned.add(new TreeSet<>());
            }
        }

        void step() {
            if (random.nextInt(8) == 0) {
                epoch++;
                targets.forEach(Set::clear);
                for (int number = 0; number < PARTITIONS; number++) {
                    targets.get(random.nextInt(MEMBERS)).add(new TopicIdPartition(TOPIC, number));
                }
            } else {
                step(random.nextInt(MEMBERS), random.nextBoolean());
            }
        }

        /** @param obeys whether the member has done what it was told, and says so */
        void step(int member, boolean obeys) {
            CurrentAssignment before = members.get(member);
            if (obeys) {
                owned.set(member, new TreeSet<>(before.assigned().keySet()));
            }
            CurrentAssignment after = new Reconciliation(
                            before,
                            Collections.singleton(TOPIC),
                            epoch,
                            targets.get(member),
                            obeys ? owned.get(member) : null,
                            partition -> waits && holders.isHeldByAnother(partition, "m" + member))
                    .step(false);
            holders.replace("m" + member, before, after);
            members.set(member, after);
        }

        boolean hasTwoOwners() {
            Set<TopicIdPartition> seen = new HashSet<>();
            return owned.stream().flatMap(Set::stream).anyMatch(partition -> !seen.add(partition));
        }
    }
}

package io.headrace.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flights", "a.b_c-d", "...", "_", "A9", "", ".", "..", "a b", "a/b", "a\u00e9", "a\n", "a:b", "a\u0000"
            })
    void aNameIsPossibleIfItIsInKafka(String name) {
        assertThat(TopicNames.refusal(name) == null).isEqualTo(isPossibleInKafka(name));
    }

    @Test
    void everyCharacterIsJudgedAsInKafka() {
        for (char c = 0; c < 0x250; c++) {
            String name = "a" + c;
            assertThat(TopicNames.refusal(name) == null).as("%04x", (int) c).isEqualTo(isPossibleInKafka(name));
        }
    }

    @Test
    void aNameHasAtMost249Characters() {
        assertThat(TopicNames.refusal("x".repeat(249))).isNull();
        assertThat(TopicNames.refusal("x".repeat(250))).contains("249");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"__consumer_offsets", "__transaction_state", "__share_group_state", "__cluster_metadata", "a"})
    void theSameNamesAreInternalAsInKafka(String name) {
        assertThat(TopicNames.isInternal(name)).isEqualTo(Topic.isInternal(name));
    }

    private static boolean isPossibleInKafka(String name) {
        try {
            Topic.validate(name);
            return true;
        } catch (InvalidTopicException refused) {
            return false;
        }
    }
}

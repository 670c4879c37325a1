package io.headrace.broker;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void whatClientsSayFirstCanBeReadAndWritten() {
        assertThatCode(() -> Rehearsal.rehearsal().run()).doesNotThrowAnyException();
    }
}

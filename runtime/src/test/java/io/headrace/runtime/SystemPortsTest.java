package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SystemPortsTest {

    @Test
    void randomNumbersDoNotRepeat() {
        Set<Long> seen = new HashSet<>();
        SystemRandomness one = new SystemRandomness();
        SystemRandomness other = new SystemRandomness();
        for (int i = 0; i < 1_000; i++) {
            assertThat(seen.add(one.nextLong())).isTrue();
            assertThat(seen.add(other.nextLong())).isTrue();
        }
    }

    @Test
    void theMonotonicClockGoesOnAndTheWallClockIsTheTime() {
        SystemTime time = new SystemTime();
        long before = time.monotonicMs();
        Await.until("time goes by", () -> time.monotonicMs() > before);

        assertThat(time.wallMs()).isCloseTo(System.currentTimeMillis(), Offset.offset(60_000L));
    }
}

package io.headrace.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each of the hot inner parts does its work when it is called as JMH calls it: more than once. */
class MicroBenchTest {

    @Test
    void aBatchIsValidatedAgainAndAgain() {
        ValidateBatch bench = new ValidateBatch();
        bench.records = 16;
        bench.build();

        int size = bench.validateAndAssign().remaining();

        assertThat(bench.validateAndAssign().remaining()).isEqualTo(size).isGreaterThan(16_000);
    }

    @Test
    void aRequestIsDecodedAgainAndAgain() {
        DecodeProduce bench = new DecodeProduce();
        bench.partitions = 64;
        bench.build();

        assertThat(bench.decode().toString()).hasSameSizeAs(bench.decode().toString());
    }

    @Test
    void anAnswerIsAsLongAsItsRecordsAndMore() {
        AssembleFetch bench = new AssembleFetch();
        bench.partitions = 2;

        assertThat(bench.assemble()).isGreaterThan(2 << 20);
    }

    @Test
    void everyOffsetIsFoundInMemory() throws Exception {
        FindOffset bench = new FindOffset();
        bench.fill();
        try {
            for (int i = 0; i < 100; i++) {
                assertThat(bench.find()).isPositive();
            }
        } finally {
            bench.delete();
        }
    }
}

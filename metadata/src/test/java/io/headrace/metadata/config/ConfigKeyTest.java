package io.headrace.metadata.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigKeyTest {

    @ParameterizedTest(name = "{0}={1} is shown as {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "retention.ms                | -1                  | -1",
                "retention.ms                | 9223372036854775807 | 9223372036854775807",
                "retention.ms                | ' 7 '               | 7",
                "retention.bytes             | -17                 | -17",
                "segment.bytes               | 1048576             | 1048576",
                "compression.gzip.level      | -1                  | -1",
                "compression.gzip.level      | 9                   | 9",
                "compression.zstd.level      | -131072             | -131072",
                "compression.type            | zstd                | zstd",
                "message.timestamp.type      | LogAppendTime       | LogAppendTime",
                "min.cleanable.dirty.ratio   | 1                   | 1.0",
                "cleanup.policy              | ' delete '          | delete",
                "cleanup.policy              | ''                  | ''",
                "unclean.leader.election.enable | TRUE             | true",
                "remote.storage.enable       | False               | false",
                "flush.messages              | 9223372036854775807 | 9223372036854775807",
                "max.decompressed.message.bytes | 2147483639       | 2147483639"
            })
    void aGoodValueIsTypedAsKafkaTypesIt(String name, String value, String shown) {
        assertThat(ConfigCatalog.topics().key(name).check(value))
                .isInstanceOfSatisfying(
                        Verdict.Accepted.class,
                        accepted -> assertThat(accepted.value().text()).isEqualTo(shown));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "retention.ms | -2 | it takes a whole number of at least -1 that fits 64 bits.",
                "retention.ms | soon | it takes a whole number of at least -1 that fits 64 bits.",
                "retention.ms | '' | it takes a whole number of at least -1 that fits 64 bits.",
                "retention.ms | 9223372036854775808 | it takes a whole number of at least -1 that fits 64 bits.",
                "segment.bytes | 1048575 | it takes a whole number from 1048576 to 2147483647.",
                "segment.bytes | 2147483648 | it takes a whole number from 1048576 to 2147483647.",
                "compression.gzip.level | 0 | it takes a whole number, -1 or from 1 to 9.",
                "compression.lz4.level | 18 | it takes a whole number from 1 to 17.",
                "max.decompressed.message.bytes | 2147483640" + " | it takes a whole number from 1 to 2147483639.",
                "compression.type | lzma | it takes one of uncompressed, zstd, lz4, snappy, gzip, producer.",
                "compression.type | ZSTD | it takes one of uncompressed, zstd, lz4, snappy, gzip, producer.",
                "min.cleanable.dirty.ratio | 1.1 | it takes a number from 0 to 1.",
                "min.cleanable.dirty.ratio | NaN | it takes a number from 0 to 1.",
                "cleanup.policy | compacted"
                        + " | it takes a list separated by commas of compact, delete, each at most once, or an empty one.",
                "cleanup.policy | delete,delete"
                        + " | it takes a list separated by commas of compact, delete, each at most once, or an empty one.",
                "unclean.leader.election.enable | yes | it takes true or false. A partition has one replica, so there is no"
                        + " other to choose.",
                "remote.storage.enable | true | it is fixed at false. There is no remote storage.",
                "leader.replication.throttled.replicas | 0:1 | it is fixed as empty. There is no replication yet.",
                "flush.messages | 1 | it is fixed at 9223372036854775807. Headrace flushes whenever anything is unflushed;"
                        + " whoever wants to wait for it writes with acks=all."
            })
    void aBadValueIsRefusedWithKeyValueAndWhatWouldDo(String name, String value, String why) {
        assertThat(ConfigCatalog.topics().key(name).check(value))
                .isEqualTo(new Verdict.Refused(name + "=" + value + " is refused: " + why));
    }

    @Test
    void aRefusedSecretIsNotRepeated() {
        assertThat(ConfigCatalog.brokers().key("ssl.key.password").check("hunter2"))
                .isEqualTo(new Verdict.Refused("ssl.key.password is refused: it cannot be set. There is no TLS yet."));
    }

    @Test
    void aFixedKeyWithoutADefaultTakesNothing() {
        assertThat(ConfigCatalog.brokers().key("broker.rack").check("r1"))
                .isEqualTo(new Verdict.Refused(
                        "broker.rack=r1 is refused: it cannot be set. There is no replication yet."));
    }

    @Test
    void noValueAtAllIsRefused() {
        assertThat(ConfigCatalog.topics().key("segment.ms").check(null))
                .isEqualTo(new Verdict.Refused("segment.ms=null is refused: a value is needed."));
    }

    @Test
    void theOneReplicationFactorIsSaidPlainly() {
        assertThat(ConfigCatalog.brokers().key("default.replication.factor").check("3"))
                .isEqualTo(new Verdict.Refused("default.replication.factor=3 is refused: it takes a whole number, and"
                        + " only 1. There is one broker."));
    }
}

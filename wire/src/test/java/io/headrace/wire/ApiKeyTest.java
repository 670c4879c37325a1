package io.headrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiKeyTest {

    @ParameterizedTest
    @EnumSource(ApiKeys.class)
    void theTableAgreesWithKafkas(ApiKeys kafkas) {
        ApiKey ours = ApiKey.forId(kafkas.id);
        if (!kafkas.hasValidVersion()) {
            assertThat(ours).isNull();
            return;
        }

        assertThat(ours.name()).isEqualTo(kafkas.name());
        assertThat(ours.id()).isEqualTo(kafkas.id);
        assertThat(ours.lowestVersion()).isEqualTo(kafkas.oldestVersion());
        assertThat(ours.highestVersion()).isEqualTo(kafkas.latestVersion(false));
        for (short version = ours.lowestVersion(); version <= ours.highestVersion(); version++) {
            assertThat(ours.requestHeaderVersion(version)).isEqualTo(kafkas.requestHeaderVersion(version));
            assertThat(ours.responseHeaderVersion(version)).isEqualTo(kafkas.responseHeaderVersion(version));
            assertThat(ours.supports(version)).isTrue();
        }
        assertThat(ours.supports((short) (ours.lowestVersion() - 1))).isFalse();
        assertThat(ours.supports((short) (ours.highestVersion() + 1))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ApiKey.class)
    void theVersionsToAdvertiseAreThoseOfAStockBroker(ApiKey ours) {
        ApiMessageType.ListenerType listener =
                ApiMessageType.fromApiKey(ours.id()).listeners().iterator().next();
        var advertised = ApiKeys.forId(ours.id())
                .toApiVersionForApiResponse(false, listener)
                .orElseThrow();

        assertThat(ours.lowestAdvertisedVersion()).isEqualTo(advertised.minVersion());
        assertThat(ours.highestVersion()).isEqualTo(advertised.maxVersion());
    }

    @Test
    void keysBeyondTheTableAreNull() {
        assertThat(ApiKey.forId((short) -1)).isNull();
        assertThat(ApiKey.forId((short) 95)).isNull();
        assertThat(ApiKey.forId(Short.MAX_VALUE)).isNull();
    }
}

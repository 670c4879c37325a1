package io.headrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestHeaderTest {

    @ParameterizedTest
    @EnumSource(ApiKey.class)
    void readsTheHeadersThatKafkaWritesAtEveryVersion(ApiKey api) {
        for (short version = api.lowestVersion(); version <= api.highestVersion(); version++) {
            for (String clientId : new String[] {null, "", "a client"}) {
                ByteBuffer bytes = kafkas(api, version, clientId);

                RequestHeader header = RequestHeader.read(new ByteReader(bytes));

                assertThat(header).isEqualTo(new RequestHeader(api, version, 77, clientId));
                assertThat(header.supported()).isTrue();
                assertThat(bytes.remaining()).isZero();
            }
        }
    }

    @Test
    void anUnknownVersionIsReadAsFarAsTheCorrelationId() {
        ByteBuffer bytes = ByteBuffer.allocate(8)
                .putShort((short) 18)
                .putShort((short) 99)
                .putInt(5)
                .flip();

        RequestHeader header = RequestHeader.read(new ByteReader(bytes));

        assertThat(header.supported()).isFalse();
        assertThat(header.correlationId()).isEqualTo(5);
    }

    @Test
    void anApiThatDoesNotExistIsMalformed() {
        for (short id : new short[] {-1, 4, 7, 95, Short.MAX_VALUE}) {
            ByteBuffer bytes = ByteBuffer.allocate(100).putShort(0, id);

            assertThatThrownBy(() -> RequestHeader.read(new ByteReader(bytes))).isInstanceOf(MalformedMessage.class);
        }
    }

    private static ByteBuffer kafkas(ApiKey api, short version, String clientId) {
        RequestHeaderData data = new RequestHeaderData()
                .setRequestApiKey(api.id())
                .setRequestApiVersion(version)
                .setCorrelationId(77)
                .setClientId(clientId);
        short headerVersion = api.requestHeaderVersion(version);
        if (headerVersion >= 2) {
            data.unknownTaggedFields().add(new RawTaggedField(9, new byte[3]));
        }
        return MessageUtil.toByteBufferAccessor(data, headerVersion).buffer();
    }
}

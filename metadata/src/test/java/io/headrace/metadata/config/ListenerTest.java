package io.headrace.metadata.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {

    @ParameterizedTest
    @CsvSource({
        "PLAINTEXT://:9092, '', 9092",
        "PLAINTEXT://0.0.0.0:0, 0.0.0.0, 0",
        "PLAINTEXT://host.example:65535, host.example, 65535",
        "PLAINTEXT://[fe80::1]:9092, fe80::1, 9092"
    })
    void anAddressHasAHostAndAPort(String text, String host, int port) {
        assertThat(Listener.parse(text)).isEqualTo(new Listener(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:9092",
                "PLAINTEXT://",
                "PLAINTEXT://localhost",
                "PLAINTEXT://localhost:",
                "PLAINTEXT://localhost:65536",
                "PLAINTEXT://localhost:-1",
                "PLAINTEXT://fe80::1:9092",
                "PLAINTEXT://host/path:9092",
                "PLAINTEXT://a:1,PLAINTEXT://b:2",
                "plaintext://localhost:9092",
                "SSL://localhost:9093"
            })
    void anythingElseIsNone(String text) {
        assertThat(Listener.parse(text)).isNull();
    }
}

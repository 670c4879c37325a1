package io.headrace.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.wire.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The committed page is what the table gives; run with {@code -Dheadrace.write} to write it anew. */
class ProtocolReferenceTest {

    private static final Path PAGE = Path.of("..", "docs", "protocol.md");

    @Test
    void thePageIsWhatTheTableGives() throws IOException {
        if (System.getProperty("headrace.write") != null) {
            Files.writeString(PAGE, ProtocolReference.render());
        }

        assertThat(PAGE)
                .as("mvn -pl broker -am test -Dtest='ProtocolReferenceTest' -Dheadrace.write"
                        + " -Dsurefire.failIfNoSpecifiedTests=false writes it")
                .hasContent(ProtocolReference.render());
    }

    @ParameterizedTest
    @EnumSource
    void everyApiHasASentence(ApiKey api) {
        assertThat(ApiNotes.on(api)).endsWith(".").hasSizeGreaterThan(10);
    }
}

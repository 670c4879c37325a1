package io.headrace.metadata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed page is what the catalogue gives; run with {@code -Dheadrace.write} to write it anew. */
class ConfigurationReferenceTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void thePageIsWhatTheCatalogueGives() throws IOException {
        if (System.getProperty("headrace.write") != null) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, ConfigurationReference.render());
        }

        assertThat(PAGE)
                .as("mvn -pl metadata -am test -Dtest='ConfigurationReferenceTest' -Dheadrace.write"
                        + " -Dsurefire.failIfNoSpecifiedTests=false writes it")
                .hasContent(ConfigurationReference.render());
    }
}

package io.headrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.metadata.config.ConfigCatalog;
import io.headrace.metadata.config.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of keys in the README is what the catalogue gives; run with {@code -Dheadrace.write} to write it anew. */
class ReadmeConfigurationTest {

    private static final Path README = Path.of("..", "README.md");
    private static final String BEGIN = "<!-- generated from the code by ReadmeConfigurationTest -->\n";
    private static final String END = "<!-- end of the generated part -->\n";

    private static final List<String> KEYS = List.of(
            "listeners",
            "advertised.listeners",
            "log.dir",
            "acks.all",
            "num.partitions",
            "auto.create.topics.enable",
            "log.retention.hours",
            "log.retention.bytes",
            "log.segment.bytes",
            "message.max.bytes",
            "compression.type",
            "num.network.threads",
            "max.connections");

    @Test
    void theTableIsWhatTheCatalogueGives() throws IOException {
        String readme = Files.readString(README);
        String generated = readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length())
                + table()
                + readme.substring(readme.indexOf(END));
        if (System.getProperty("headrace.write") != null) {
            Files.writeString(README, generated);
        }

        assertThat(README)
                .as(
                        "./dev test ReadmeConfigurationTest, with -Dheadrace.write added to the Maven command that it shows")
                .hasContent(generated);
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| Key | Default | Meaning |\n| --- | --- | --- |\n");
        for (String name : KEYS) {
            ConfigKey key = ConfigCatalog.brokers().key(name);
            assertThat(key.honoured()).as(name).isTrue();
            String value = key.defaultValue() == null ? "none" : "`" + key.defaultValue() + "`";
            table.append(
                    "| `" + name + "` | " + value + " | " + key.description().replace("|", "\\|") + " |\n");
        }
        return table.toString();
    }
}

package io.headrace.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerSettingsTest {

    @TempDir
    private Path directory;

    @Test
    void flagsGoBeforeSetAndSetBeforeTheFile() throws IOException, BrokerSettings.Refused {
        String file = file("""
                # of the machine
                log.dir=/file
                listeners=PLAINTEXT://127.0.0.1:1
                num.partitions=2
                log.retention.hours=3
                """);

        Map<String, String> settings = BrokerSettings.of(
                new StartOptions("/flag", 3, file, Map.of("num.partitions", "4", "listeners", "PLAINTEXT://[::1]:2")));

        assertThat(settings)
                .containsOnly(
                        Map.entry("log.dirs", "/flag"),
                        Map.entry("listeners", "PLAINTEXT://[::1]:3"),
                        Map.entry("num.partitions", "4"),
                        Map.entry("log.retention.hours", "3"));
    }

    @Test
    void aStartWithoutAnythingHasNoSettings() throws BrokerSettings.Refused {
        assertThat(BrokerSettings.of(new StartOptions(null, null, null, Map.of())))
                .isEmpty();
    }

    @Test
    void aPortAloneListensEverywhere() throws BrokerSettings.Refused {
        assertThat(BrokerSettings.of(new StartOptions(null, 19092, null, Map.of())))
                .containsOnly(Map.entry("listeners", "PLAINTEXT://:19092"));
    }

    @Test
    void everythingThatIsWrongIsSaid() throws IOException {
        BrokerSettings.Refused refused =
                refused(new StartOptions(null, null, file("num.partitons=3\nnum.network.threads=-1"), Map.of()));

        assertThat(refused.lines()).hasSize(2);
        assertThat(refused.lines()).anyMatch(line -> line.contains("did you mean num.partitions?"));
        assertThat(refused.lines())
                .anyMatch(line -> line.startsWith("num.network.threads=-1 is refused: it takes a whole number"));
    }

    @Test
    void aDataFlagThatIsTwoDirectoriesIsRefused() {
        assertThat(refused(new StartOptions("a,b", null, null, Map.of())).lines())
                .containsExactly("log.dirs=a,b is refused: it takes one directory; more are not there yet.");
    }

    @Test
    void aPortDoesNotHideAListenerThatIsWrong() {
        assertThat(refused(new StartOptions(null, 1, null, Map.of("listeners", "SSL://:9093")))
                        .lines())
                .singleElement()
                .asString()
                .startsWith("listeners=SSL://:9093 is refused");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(refused(new StartOptions(null, null, "/no/such", Map.of())).lines())
                .containsExactly("there is no configuration file /no/such");
    }

    @Test
    void aFileThatIsADirectoryOrBrokenIsNamed() throws IOException {
        assertThat(refused(new StartOptions(null, null, directory.toString(), Map.of()))
                        .lines())
                .singleElement()
                .asString()
                .startsWith("the configuration file " + directory + " cannot be read: ");
        assertThat(refused(new StartOptions(null, null, file("a=\\u12x4"), Map.of()))
                        .lines())
                .singleElement()
                .asString()
                .contains("cannot be read: ");
    }

    @Test
    void aFileThatIsNoTextIsNamed() throws IOException {
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThat(refused(new StartOptions(null, null, binary.toString(), Map.of()))
                        .lines())
                .containsExactly("the configuration file " + binary + " cannot be read: it is not text in UTF-8");
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("server.properties"), text).toString();
    }

    private static BrokerSettings.Refused refused(StartOptions options) {
        return catchThrowableOfType(BrokerSettings.Refused.class, () -> BrokerSettings.of(options));
    }
}

package io.headrace.app.cli;

import io.headrace.app.terminal.JsonText;
import io.headrace.app.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code version}. */
@Command(
        name = "version",
        description = "Say which version this is.",
        footer = {"", "Example:", "  headrace version --json"})
final class VersionCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--json", description = "As a JSON object.")
    private boolean json;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        String ours = VersionCommand.class.getPackage().getImplementationVersion();
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("headrace", ours == null ? "unpackaged" : ours);
        versions.put("protocol", protocol());
        versions.put("java", Runtime.version().toString());
        if (json) {
            terminal.line(JsonText.of(versions));
        } else {
            terminal.line("headrace " + versions.get("headrace") + " (protocol of Apache Kafka "
                    + versions.get("protocol") + ", Java " + versions.get("java") + ")");
        }
        return ExitCode.DONE;
    }

    /** The release of Kafka whose messages these are. */
    private static String protocol() throws IOException {
        Properties kafka = new Properties();
        try (InputStream resource = VersionCommand.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            kafka.load(resource);
        }
        return kafka.getProperty("version");
    }
}

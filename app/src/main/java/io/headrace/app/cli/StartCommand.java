package io.headrace.app.cli;

import io.headrace.app.server.Server;
import io.headrace.app.server.StartOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code start} in all its forms; the plain ones are read by {@link io.headrace.app.server.PlainStart} instead. */
@Command(
        name = "start",
        description = "Start a broker, and stop it cleanly on Ctrl-C.",
        sortOptions = false,
        footer = {
            "",
            "--data and --port go before --set, and that before the file. docs/configuration.md lists the keys.",
            "",
            "Example:",
            "  headrace start --port 19092 --set num.partitions=3 --set log.retention.hours=24"
        })
final class StartCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept. Default: data.")
    private String data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port to listen on; 0 is any free one. Default: 9092.")
    private Integer port;

    @Option(names = "--config", paramLabel = "FILE", description = "A file with keys of Kafka's server.properties.")
    private String configFile;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One such key. May be given more than once.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() {
        return Server.run(options());
    }

    StartOptions options() {
        if (port != null && (port < 0 || port > StartOptions.HIGHEST_PORT)) {
            throw new ParameterException(
                    spec.commandLine(), "--port " + port + " is refused: it takes 0 to " + StartOptions.HIGHEST_PORT);
        }
        return new StartOptions(data, port, configFile, settings);
    }
}

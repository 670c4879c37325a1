package io.headrace.app;

import io.headrace.app.cli.CommandLineTools;
import io.headrace.app.server.PlainStart;
import io.headrace.app.server.Server;
import io.headrace.app.server.StartOptions;
import io.headrace.app.server.TrainingRun;
import java.io.IOException;

/** Where the process begins, and where its exit code is given. Runs on the main thread. */
final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        StartOptions start = PlainStart.parse(arguments);
        if (start != null) {
            System.exit(Server.run(start));
        } else if (arguments.length == 1 && arguments[0].equals("train")) {
            // For the launcher only, and past picocli, which no start shall learn to load.
            TrainingRun.run();
        } else {
            System.exit(CommandLineTools.run(arguments));
        }
    }
}

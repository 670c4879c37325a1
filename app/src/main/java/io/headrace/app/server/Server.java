package io.headrace.app.server;

import io.headrace.broker.Broker;
import io.headrace.ports.DiskFault;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** A broker as a process. Started on the main thread, which then waits; stopped by the JVM's shutdown hook. */
public final class Server {

    private static final int CANNOT_START = 1;
    private static final int BAD_USAGE = 2;

    private Server() {}

    /**
     * Runs a broker until the process is told to end, and so returns only if it could not be started: then it has said
     * why, and this is the exit code.
     */
    public static int run(StartOptions options) {
        Map<String, String> settings;
        try {
            settings = BrokerSettings.of(options);
        } catch (BrokerSettings.Refused refused) {
            for (String line : refused.lines()) {
                say(line);
            }
            return BAD_USAGE;
        }
        List<String> ignored = BrokerSettings.ignored(options, settings);
        if (!ignored.isEmpty()) {
            say("ignored, since a single node has no use for them: " + String.join(", ", ignored));
        }
        Broker broker;
        try {
            broker = Broker.start(settings);
        } catch (IOException e) {
            say("cannot start: " + DiskFault.inWords(e));
            return CANNOT_START;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(new Stop(broker), "headrace-stop"));
        System.out.println("listening on " + listener(broker.address()) + ", data in " + broker.dataDirectory()
                + ", cluster " + broker.clusterId());
        waitForEver();
        return 0;
    }

    private static void say(String line) {
        System.err.println("headrace: " + line);
    }

    /** As a client on this machine would write it. */
    private static String listener(InetSocketAddress address) {
        if (address.getAddress().isAnyLocalAddress()) {
            return "PLAINTEXT://localhost:" + address.getPort() + " (and every other address of this machine)";
        }
        String host = address.getHostString();
        return "PLAINTEXT://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /** The broker's threads do the work, and end with the process. */
    private static void waitForEver() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A class and no lambda, which would cost its linking at every start. */
    private record Stop(Broker broker) implements Runnable {
        @Override
        public void run() {
            broker.close();
            System.out.println("stopped");
        }
    }
}

package io.headrace.compat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shipped jar, started with the flags that {@code ./headrace} uses. */
public final class BrokerProcess extends ServerProcess {

    private static final Pattern LISTENING = Pattern.compile("listening on PLAINTEXT://\\S*:(\\d+)");

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> jvmFlags = new ArrayList<>(Checkout.launcherFlags());
    private final Path jar = Checkout.jar();
    private int port;

    private BrokerProcess(Path dataDirectory) {
        super(dataDirectory);
        settings.put("listeners", "PLAINTEXT://127.0.0.1:0");
    }

    /** A broker that is not started yet, and that will take any free port. */
    public static BrokerProcess in(Path dataDirectory) {
        return new BrokerProcess(dataDirectory);
    }

    public BrokerProcess set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Makes the JVM's cache of what a start loads and links, as {@code ./headrace} does before its first. */
    public void train(Path cache) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(jvmFlags);
        command.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-jar", jar.toString(), "train"));
        complete(command, Path.of(cache + ".log"));
    }

    @Override
    public BrokerProcess jvm(String flag) {
        jvmFlags.add(flag);
        return this;
    }

    /** To be used where others may take a port between two lives of the broker; see {@link FreePort}. */
    public BrokerProcess onPort(int fixed) {
        port = fixed;
        return this;
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(jvmFlags);
        command.addAll(List.of("-jar", jar.toString(), "start"));
        command.addAll(List.of("--data", dataDirectory().toString(), "--port", Integer.toString(port)));
        settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        return command;
    }

    @Override
    Pattern readyLine() {
        return LISTENING;
    }

    @Override
    void ready(Matcher line) {
        port = Integer.parseInt(line.group(1));
    }

    @Override
    public int port() {
        return port;
    }
}

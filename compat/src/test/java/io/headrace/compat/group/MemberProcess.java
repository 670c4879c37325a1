package io.headrace.compat.group;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One member of each group, in a process of its own. Whoever starts it sees to its end. */
final class MemberProcess {

    private static final int END_PATIENCE_S = 60;

    private final Process process;
    private final Path output;
    private final Map<Membership, Journal> journals = new EnumMap<>(Membership.class);

    private MemberProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * @param life higher than that of every process before
     * @param protocol of the member of the migrating group
     */
    static MemberProcess start(String bootstrap, String place, int life, String protocol, Path directory)
            throws IOException {
        Path output = directory.resolve(place + "." + life + ".out");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MemberMain.class.getName(),
                bootstrap,
                place,
                Integer.toString(life),
                protocol,
                directory.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        MemberProcess member = new MemberProcess(process, output);
        for (Membership membership : Membership.values()) {
            Path file = MemberMain.journalFile(directory, membership, place, life);
            member.journals.put(membership, new Journal(place, life, file));
        }
        return member;
    }

    Journal journal(Membership membership) {
        return journals.get(membership);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops the process where it is. */
    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("kill " + name + " ended with " + exit);
        }
    }

    /** Lets the members leave their groups in order. */
    void stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(END_PATIENCE_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("the members do not end well:\n" + Files.readString(output));
        }
    }
}

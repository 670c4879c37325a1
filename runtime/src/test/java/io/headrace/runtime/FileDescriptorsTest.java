package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileDescriptorsTest {

    private static final int DESCRIPTORS = 90;
    /** More than the server has descriptors for, and fewer than also fill its backlog. */
    private static final int CLIENTS = 100;

    @Test
    void clientsForWhomThereIsNoFileDescriptorAreServedWhenOthersHaveLeft() throws Exception {
        Path shell = Path.of("/bin/sh");
        assumeTrue(Files.isExecutable(shell), "needs a shell that can lower the limit");
        Process server = new ProcessBuilder(
                        shell.toString(),
                        "-c",
                        "ulimit -n " + DESCRIPTORS + " && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-MaxFDLimit",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = server.inputReader()) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(output.readLine()));
            serveAll(address);
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static void serveAll(InetSocketAddress address) throws IOException {
        List<Client> clients = new ArrayList<>();
        // The first lets the server load its classes while there are descriptors to load them with.
        for (int id = 0; id < CLIENTS; id++) {
            clients.add(Client.connect(address).send(Frames.request(Frames.SERIAL_API, id, 0)));
            if (id == 0) {
                assertThat(clients.get(0).receive()).isZero();
            }
        }
        for (int id = 1; id < CLIENTS; id++) {
            assertThat(clients.get(id).receive()).isEqualTo(id);
            clients.get(id).leave();
        }
        clients.get(0).leave();
    }

    /** Answers until it is killed. */
    static final class Server {
        public static void main(String[] arguments) throws Exception {
            try (Network network = Network.start(1, new Network.Echo())) {
                System.out.println(network.listener.address().getPort());
                Thread.currentThread().join();
            }
        }
    }
}

package io.headrace.app.cli;

import io.headrace.app.terminal.Terminal;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import picocli.CommandLine.Mixin;

/** A command that asks the cluster something, or tells it, and is done. */
abstract class AdminCommand implements Callable<Integer> {

    final Terminal terminal;

    @Mixin
    private ClusterOptions cluster;

    AdminCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() throws ExecutionException, InterruptedException {
        try (Admin admin = cluster.admin()) {
            run(admin);
        }
        return ExitCode.DONE;
    }

    /** A consumer of the same cluster, without a group. */
    final KafkaConsumer<byte[], byte[]> consumer() {
        return cluster.consumer();
    }

    abstract void run(Admin admin) throws ExecutionException, InterruptedException;
}

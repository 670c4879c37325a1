package io.headrace.app.cli;

import io.headrace.app.demo.DemoFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/** What a fault means to the person who typed the command. */
final class Faults {

    private Faults() {}

    /** One line, or null if nobody expected this fault: then its stack trace is the message. */
    static String inWords(Throwable fault, String bootstrap) {
        return switch (fault) {
            case CommandFailed failed -> failed.getMessage();
            case DemoFailed failed -> failed.getMessage();
            case ExecutionException wrapped -> inWords(wrapped.getCause(), bootstrap);
            case TimeoutException late ->
                anybodyListens(bootstrap)
                        ? bootstrap + " did not answer in time: " + late.getMessage()
                        : "cannot reach " + bootstrap;
            case AuthenticationException refused -> bootstrap + " lets nobody in: " + refused.getMessage();
            case ConfigException config -> config.getMessage();
            case ApiException refused -> refused.getMessage();
            case KafkaException wrapper
            when wrapper.getCause() instanceof KafkaException cause -> inWords(cause, bootstrap);
            case KafkaException other -> other.getMessage();
            case UncheckedIOException io -> inWords(io.getCause(), bootstrap);
            case IOException io -> io.getMessage();
            default -> null;
        };
    }

    private static boolean anybodyListens(String bootstrap) {
        for (String address : bootstrap.split(",", -1)) {
            int colon = address.lastIndexOf(':');
            String host = address.substring(0, colon).replace("[", "").replace("]", "");
            if (listens(host, address.substring(colon + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean listens(String host, String port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, Integer.parseInt(port)), Limits.CONNECT_WITHIN_MS);
            return true;
        } catch (IOException | IllegalArgumentException nobody) {
            return false;
        }
    }
}

package io.headrace.compat.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.headrace.compat.RawClient;
import io.headrace.compat.ServerProcess;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * One server that is asked, over a connection that is made again when the server has closed it. It remembers the last
 * answer, for requests that continue it. Used by one thread.
 */
final class Witness implements AutoCloseable {

    private final ServerProcess server;
    private final Names names = new Names();
    private final NormalForm normalForm = new NormalForm(names);
    private final Map<String, Long> notes = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private RawClient connection;
    private ApiMessage lastAnswer;

    Witness(ServerProcess server) {
        this.server = server;
        names.hide(server.dataDirectory().toString(), "<data directory>");
        names.hide(Integer.toString(server.port()), "<port>");
    }

    /** The answer in its normal form; a connection that the server closed, or left without an answer, is one too. */
    JsonNode ask(ApiMessage request, short version) throws IOException {
        ApiMessage answer = ApiMessageType.fromApiKey(request.apiKey()).newResponse();
        lastAnswer = null;
        try {
            call(request, version, answer);
        } catch (EOFException | SocketException _) {
            reconnect();
            return silence("closed");
        } catch (SocketTimeoutException _) {
            reconnect();
            return silence("silent");
        }
        lastAnswer = answer;
        return normalForm.of(Decoded.of(answer, version));
    }

    private static JsonNode silence(String how) {
        return JsonNodeFactory.instance.objectNode().put("connection", how);
    }

    <T extends ApiMessage> T call(ApiMessage request, short version, T answer) throws IOException {
        if (connection == null) {
            connection = RawClient.connect(server.port());
        }
        return connection.call(request, version, answer);
    }

    /** Drops the connection, and with it what the server keeps for it; the next question makes a new one. */
    void reconnect() throws IOException {
        close();
        connection = null;
    }

    String dataDirectory() {
        return server.dataDirectory().toString();
    }

    /** The last answer as it came. */
    <T extends ApiMessage> T last(Class<T> type) {
        return type.cast(lastAnswer);
    }

    Uuid topicId(String topic) {
        return names.topicId(topic);
    }

    /** Keeps a number that this server chose. */
    void note(String name, long value) {
        notes.put(name, value);
    }

    /** A number that was kept, or -1. */
    long noted(String name) {
        return notes.getOrDefault(name, -1L);
    }

    /** Keeps a text that this server chose. */
    void noteText(String name, String value) {
        texts.put(name, value);
    }

    /** A text that was kept, or an empty one. */
    String notedText(String name) {
        return texts.getOrDefault(name, "");
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }
}

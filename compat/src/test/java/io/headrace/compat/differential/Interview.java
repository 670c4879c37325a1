package io.headrace.compat.differential;

import com.fasterxml.jackson.databind.JsonNode;
import io.headrace.compat.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

/** Asks both servers the same questions, one after the other, and keeps the differences between their answers. */
final class Interview {

    /** What is answered before the broker has followed; see {@link Settling}. */
    private static final Set<ApiKeys> CHANGES = EnumSet.of(
            ApiKeys.CREATE_TOPICS,
            ApiKeys.DELETE_TOPICS,
            ApiKeys.CREATE_PARTITIONS,
            ApiKeys.ALTER_CONFIGS,
            ApiKeys.INCREMENTAL_ALTER_CONFIGS);

    /** What can be asked again for as long as the answers differ, because it changes nothing. */
    private static final Set<ApiKeys> VIEWS = EnumSet.of(
            ApiKeys.METADATA,
            ApiKeys.FIND_COORDINATOR,
            ApiKeys.OFFSET_FETCH,
            ApiKeys.DESCRIBE_GROUPS,
            ApiKeys.CONSUMER_GROUP_DESCRIBE,
            ApiKeys.LIST_GROUPS,
            ApiKeys.LIST_OFFSETS,
            ApiKeys.OFFSET_FOR_LEADER_EPOCH,
            ApiKeys.DESCRIBE_CONFIGS,
            ApiKeys.DESCRIBE_LOG_DIRS,
            ApiKeys.DESCRIBE_CLUSTER,
            ApiKeys.DESCRIBE_PRODUCERS,
            ApiKeys.DESCRIBE_TRANSACTIONS,
            ApiKeys.LIST_TRANSACTIONS,
            ApiKeys.DESCRIBE_TOPIC_PARTITIONS);

    /** In an answer: a coordinator that is loading, or a transaction whose markers are on their way. */
    private static final Pattern PASSING = Pattern.compile("COORDINATOR|CONCURRENT|Prepare");

    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration READY_PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 20_000_000;

    private final Witness ours;
    private final Witness theirs;
    private final AllowedDifferences allowed;
    private final Settling settling = new Settling();
    private final Map<ApiKeys, ApiVersion> versions = new EnumMap<>(ApiKeys.class);
    private final List<Difference> differences = new ArrayList<>();
    private boolean unsettled;
    private int asked;

    private Interview(Witness ours, Witness theirs, AllowedDifferences allowed) {
        this.ours = ours;
        this.theirs = theirs;
        this.allowed = allowed;
    }

    static Interview between(Witness ours, Witness theirs, AllowedDifferences allowed) throws IOException {
        Interview interview = new Interview(ours, theirs, allowed);
        ApiVersionsResponseData answer =
                theirs.call(new ApiVersionsRequestData(), (short) 0, new ApiVersionsResponseData());
        for (ApiVersion api : answer.apiKeys()) {
            if (ApiKeys.hasId(api.apiKey())) {
                interview.versions.put(ApiKeys.forId(api.apiKey()), api);
            }
        }
        interview.settling.begin(ours);
        interview.settling.begin(theirs);
        return interview;
    }

    /** Asks at every version that Kafka has of the API and that can express the question. */
    void askAtAllVersions(String about, ApiKeys api, Draft draft) throws IOException {
        ApiVersion range = versions.get(api);
        for (short version = range.minVersion(); version <= range.maxVersion(); version++) {
            if (isExpressible(draft.write(theirs, version), version)) {
                ask(about, version, draft);
            }
        }
    }

    /** Asks at the newest version that Kafka has of the API. */
    void ask(String about, ApiKeys api, Draft draft) throws IOException {
        ask(about, newest(api), draft);
    }

    short newest(ApiKeys api) {
        return versions.get(api).maxVersion();
    }

    short oldest(ApiKeys api) {
        return (short) Math.max(versions.get(api).minVersion(), api.messageType.lowestSupportedVersion());
    }

    void ask(String about, int version, Draft draft) throws IOException {
        short asShort = (short) version;
        ApiKeys api = ApiKeys.forId(draft.write(theirs, asShort).apiKey());
        Question question = new Question(api, asShort, about);
        if (!CHANGES.contains(api)) {
            settle();
        }
        List<Difference> found = compare(question, draft);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!found.isEmpty() && VIEWS.contains(api) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
            found = compare(question, draft);
        }
        unsettled |= CHANGES.contains(api);
        differences.addAll(found);
        asked++;
    }

    /** Waits until what has been changed shows on both servers. */
    void settle() throws IOException {
        if (unsettled) {
            settling.await(ours);
            settling.await(theirs);
            unsettled = false;
        }
    }

    /** Drops both connections. */
    void reconnect() throws IOException {
        ours.reconnect();
        theirs.reconnect();
    }

    /** Keeps a number out of the last answer of each, under this name. */
    <T extends ApiMessage> void note(String name, Class<T> type, Reading<T> reading) {
        for (Witness witness : List.of(ours, theirs)) {
            T answer = witness.last(type);
            if (answer != null) {
                witness.note(name, reading.of(answer));
            }
        }
    }

    /** Keeps a text out of the last answer of each, under this name. */
    <T extends ApiMessage> void noteText(String name, Class<T> type, Function<T, String> reading) {
        for (Witness witness : List.of(ours, theirs)) {
            T answer = witness.last(type);
            if (answer != null) {
                witness.noteText(name, reading.apply(answer));
            }
        }
    }

    /** Shows each its own last answer, to keep of it what is needed later. */
    <T extends ApiMessage> void remember(Class<T> type, BiConsumer<Witness, T> memory) {
        for (Witness witness : List.of(ours, theirs)) {
            T answer = witness.last(type);
            if (answer != null) {
                memory.accept(witness, answer);
            }
        }
    }

    /** Waits until both answer the question without an error that passes by itself. */
    void ready(String about, Draft draft) throws IOException {
        settle();
        short version = newest(ApiKeys.forId(draft.write(theirs, (short) 1).apiKey()));
        for (Witness witness : List.of(ours, theirs)) {
            long deadline = System.nanoTime() + READY_PATIENCE.toNanos();
            while (PASSING.matcher(
                            witness.ask(draft.write(witness, version), version).toString())
                    .find()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("not ready after " + READY_PATIENCE + ": " + about);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Picks a number out of an answer. */
    interface Reading<T> {
        long of(T answer);
    }

    private List<Difference> compare(Question question, Draft draft) throws IOException {
        JsonNode our = ours.ask(draft.write(ours, question.version()), question.version());
        JsonNode their = theirs.ask(draft.write(theirs, question.version()), question.version());
        return Comparison.of(question, our, their).stream()
                .filter(difference -> !allowed.allows(difference))
                .toList();
    }

    private static boolean isExpressible(ApiMessage request, short version) {
        try {
            RawClient.frame(request, version, 0);
            return true;
        } catch (UnsupportedVersionException | NullPointerException _) {
            return false;
        }
    }

    /** The differences found since the last call. */
    List<Difference> takeDifferences() {
        List<Difference> taken = List.copyOf(differences);
        differences.clear();
        return taken;
    }

    /** Questions asked so far. */
    int asked() {
        return asked;
    }
}

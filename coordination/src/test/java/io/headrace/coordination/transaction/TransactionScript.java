package io.headrace.coordination.transaction;

import io.headrace.coordination.CoordinatorRecord;
import io.headrace.coordination.Transcript;
import io.headrace.coordination.Transcript.Rule;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.ListTransactionsResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;

/**
 * Plays the life of transactions and writes down what came of it: lines that begin with {@code >} are what happens; below one
 * stand the records that the coordinator wrote ("log"), its answers ("to whom: what"), and the markers that it wants written,
 * which are until {@code > the markers are written}. 100/3 is producer id 100 in epoch 3; ids are given from 100 on.
 *
 * <p>Producers share the transactional id x unless told otherwise, and speak the protocol of KIP-890 (transaction version 2)
 * unless {@code a starts as an old client}: {@code a starts [with id y, timeout 5000]} (InitProducerId), {@code a starts
 * again} (and says who it is, KIP-360), {@code a adds t-0 t-1} (AddPartitionsToTxn), {@code a writes m1 to t-0} (Produce,
 * before which the broker asks the coordinator), {@code a commits}, {@code a aborts}. {@code x is described} and {@code
 * t-0 is read} show how things stand; behind each message is what became of it.
 *
 * <p>{@code the disk stops}: what is written from then on is not durable, nobody is answered, and a crash loses it.
 */
final class TransactionScript {

    private final Map<String, TestProducer> producers = new LinkedHashMap<>();
    private final Transcript transcript = new Transcript();
    private final TransactionRig rig = new TransactionRig(transcript::answered);
    private final TransactionalLogs logs = new TransactionalLogs();
    private final OffsetsInTransactions offsets = new OffsetsInTransactions(transcript);
    private final List<TransactionTask.WriteMarkers> markers = new ArrayList<>();
    private long nextProducerId = 100;
    private long shown;
    private boolean diskStands;

    private TransactionScript() {}

    static void check(String transcript) {
        TransactionScript script = new TransactionScript();
        script.transcript.check(transcript, RULES, script, script::settle);
    }

    /** Shows what was written, lets go what waited for it, and gives producer ids to who asks for one. */
    private void settle() {
        do {
            showRecords();
            if (!diskStands) {
                rig.flush();
                offsets.flush();
            }
            while (!rig.tasks.isEmpty()) {
                switch (rig.tasks.poll()) {
                    case TransactionTask.TakeProducerId(String id) ->
                        rig.step(new TransactionEvent.ProducerIdTaken(id, nextProducerId++));
                    case TransactionTask.WriteMarkers wanted -> {
                        markers.add(wanted);
                        transcript.add("markers: " + (wanted.commit() ? "commit " : "abort ") + wanted.producerId()
                                + "/" + wanted.epoch() + " in " + words(wanted.partitions()));
                    }
                }
            }
        } while (shown < rig.writes());
    }

    private void showRecords() {
        for (CoordinatorRecord record : rig.recordsFrom(shown)) {
            transcript.add("log: " + show(record) + (diskStands ? " (not durable)" : ""));
        }
        shown = rig.writes();
    }

    private static String show(CoordinatorRecord record) {
        TransactionLogKey key = (TransactionLogKey) record.key();
        if (record.isTombstone()) {
            return key.transactionalId() + " is forgotten";
        }
        TransactionState state = TransactionState.of(key, (TransactionLogValue) record.value());
        return key.transactionalId() + " " + state.status().label() + " " + state.producerId() + "/" + state.epoch()
                + (state.partitions().isEmpty() ? "" : " in " + words(state.partitions()))
                + (state.nextProducerId() < 0 ? "" : ", then " + state.nextProducerId());
    }

    private static String words(Iterable<TopicPartition> partitions) {
        List<String> words = new ArrayList<>();
        partitions.forEach(partition -> words.add(partition.toString()));
        return String.join(" ", words);
    }

    private void ask(LongFunction<TransactionEvent> event, Function<ApiMessage, String> reader) {
        transcript.expect(rig.ask(event), reader);
    }

    // ---- what can happen

    private static final List<Rule<TransactionScript>> RULES = List.of(
            Rule.of(
                    "(\\w+) starts( again)?(?: as an( old) client)?(?: with (.*))?",
                    (script, command) -> script.start(
                            script.producer(command.group(1)),
                            command.group(2) != null,
                            command.group(3) != null,
                            command.group(4))),
            Rule.of(
                    "(\\w+) adds the offsets",
                    (script, command) ->
                            script.add(script.producer(command.group(1)), OffsetsInTransactions.PARTITION.toString())),
            Rule.of(
                    "(\\w+) adds (.*)",
                    (script, command) -> script.add(script.producer(command.group(1)), command.group(2))),
            Rule.of("(\\w+) writes (\\w+) to (\\S+)", (script, command) -> {
                TestProducer producer = script.producer(command.group(1));
                script.produce(producer.name, producer, producer.epoch, command.group(2), partition(command.group(3)));
            }),
            Rule.of(
                    "(\\w+) of (\\w+) in epoch (\\d+) comes late to (\\S+)",
                    (script, command) -> script.produce(
                            command.group(4),
                            script.producer(command.group(2)),
                            Short.parseShort(command.group(3)),
                            command.group(1),
                            partition(command.group(4)))),
            Rule.of("(\\w+) of (\\w+) comes late to (\\S+), which does not ask", (script, command) -> {
                TestProducer producer = script.producer(command.group(2));
                TopicPartition partition = partition(command.group(3));
                ErrorCode result = script.logs.append(partition, producer.producerId, producer.epoch, command.group(1));
                script.transcript.add(partition + ": " + result);
            }),
            Rule.of(
                    "(\\w+) (commits|aborts)(, and the answer is lost)?",
                    (script, command) -> script.end(
                            script.producer(command.group(1)),
                            command.group(2).equals("commits"),
                            command.group(3) != null)),
            Rule.of("the markers are written", (script, _) -> script.writeMarkers()),
            Rule.of(
                    "the marker of (\\S+) is written",
                    (script, command) -> script.writeMarker(script.markers.getFirst(), partition(command.group(1)))),
            Rule.of(
                    "a tool aborts (\\d+)/(\\d+) in (\\S+)",
                    (script, command) -> script.transcript.add(script.logs.end(
                            partition(command.group(3)),
                            Long.parseLong(command.group(1)),
                            Short.parseShort(command.group(2)),
                            false))),
            Rule.of("(\\d+) ms pass", (script, command) -> script.pass(Long.parseLong(command.group(1)))),
            Rule.of("the disk stops", (script, _) -> script.diskStands = true),
            Rule.of("the disk goes on", (script, _) -> script.diskStands = false),
            Rule.of("the coordinator crashes", (script, _) -> script.crash()),
            Rule.of("(\\S+-\\d+) is read", (script, command) -> {
                TopicPartition partition = partition(command.group(1));
                script.transcript.add(script.logs.show(partition));
            }),
            Rule.of("(\\w+) is described", (script, command) -> script.describe(command.group(1))),
            Rule.of(
                    "transactions are listed(?: that are (\\w+))?(?: of producer (\\d+))?(?: for over (\\d+) ms)?",
                    (script, command) -> script.list(command.group(1), command.group(2), command.group(3))),
            Rule.of(
                    "(\\w+) has used its epochs up to (\\d+)",
                    (script, command) ->
                            script.age(script.producer(command.group(1)), Short.parseShort(command.group(2)))),
            Rule.of("(\\w+) joins the group", (script, command) -> script.offsets.join(command.group(1))),
            Rule.of(
                    "(\\w+) sends (\\S+)=(\\d+) as (\\w+)",
                    (script, command) -> script.sendOffset(
                            script.producer(command.group(1)),
                            partition(command.group(2)),
                            Long.parseLong(command.group(3)),
                            command.group(4))),
            Rule.of(
                    "the committed offset of (\\S+)",
                    (script, command) -> script.offsets.fetch(partition(command.group(1)))));

    private TestProducer producer(String name) {
        return producers.computeIfAbsent(name, TestProducer::new);
    }

    private static TopicPartition partition(String text) {
        int dash = text.lastIndexOf('-');
        return new TopicPartition(text.substring(0, dash), Integer.parseInt(text.substring(dash + 1)));
    }

    // ---- producers

    private void start(TestProducer producer, boolean again, boolean old, String options) {
        producer.old |= old;
        for (String option : options == null ? new String[0] : options.split(", ", -1)) {
            String[] words = option.split(" ", 2);
            switch (words[0]) {
                case "id" -> producer.transactionalId = words[1];
                case "timeout" -> producer.timeoutMs = Integer.parseInt(words[1]);
                default -> throw new AssertionError("not understood: with " + option);
            }
        }
        ask(ticket -> producer.init(ticket, again), response -> {
            InitProducerIdResponseData granted = (InitProducerIdResponseData) response;
            if (granted.errorCode() != 0) {
                return producer.name + ": " + ErrorCode.forCode(granted.errorCode());
            }
            producer.granted(granted);
            return producer.name + ": is " + producer.producerId + "/" + producer.epoch;
        });
    }

    private void add(TestProducer producer, String partitions) {
        List<TopicPartition> all = Arrays.stream(partitions.split(" ", -1))
                .map(TransactionScript::partition)
                .toList();
        ask(ticket -> producer.add(ticket, all), response -> producer.name + ": " + resultOf(response));
    }

    private static ErrorCode resultOf(ApiMessage response) {
        AddPartitionsToTxnResponseData results = (AddPartitionsToTxnResponseData) response;
        return PartitionResults.ofOne(results.resultsByTransaction().iterator().next());
    }

    /** The partition asks before it takes the first message of a transaction, and nobody who has been overtaken. */
    private void produce(String told, TestProducer producer, short epoch, String value, TopicPartition partition) {
        if (logs.takes(partition, producer.producerId, epoch)) {
            transcript.add(told + ": " + logs.append(partition, producer.producerId, epoch, value));
        } else if (logs.fences(partition, producer.producerId, epoch)) {
            transcript.add(told + ": " + ErrorCode.INVALID_PRODUCER_EPOCH);
        } else {
            ask(ticket -> producer.verify(ticket, partition, epoch), response -> {
                ErrorCode error = resultOf(response);
                return told + ": "
                        + (error == ErrorCode.NONE ? logs.append(partition, producer.producerId, epoch, value) : error);
            });
        }
    }

    private void end(TestProducer producer, boolean commit, boolean lost) {
        ask(ticket -> producer.end(ticket, commit), response -> {
            EndTxnResponseData ended = (EndTxnResponseData) response;
            if (lost) {
                return "";
            }
            if (ended.errorCode() == 0 && !producer.old) {
                producer.producerId = ended.producerId();
                producer.epoch = ended.producerEpoch();
                return producer.name + ": NONE, is " + producer.producerId + "/" + producer.epoch;
            }
            return producer.name + ": " + ErrorCode.forCode(ended.errorCode());
        });
    }

    /** As after that many restarts. */
    private void age(TestProducer producer, short epoch) {
        TransactionState state = TransactionState.created(
                        producer.transactionalId, nextProducerId++, producer.timeoutMs, rig.nowMs())
                .initialized(epoch, TransactionState.NO_EPOCH, producer.timeoutMs, rig.nowMs());
        rig.write(state.toRecord());
        producer.producerId = state.producerId();
        producer.epoch = epoch;
    }

    private void sendOffset(TestProducer producer, TopicPartition read, long offset, String member) {
        ask(ticket -> producer.verify(ticket, OffsetsInTransactions.PARTITION, producer.epoch), response -> {
            ErrorCode error = resultOf(response);
            if (error != ErrorCode.NONE) {
                return producer.name + ": " + error;
            }
            offsets.commit(producer, read, offset, member);
            return "";
        });
    }

    // ---- the broker

    private void writeMarkers() {
        List<TransactionTask.WriteMarkers> due = new ArrayList<>(markers);
        markers.clear();
        for (TransactionTask.WriteMarkers task : due) {
            task.partitions().forEach(partition -> writeMarker(task, partition));
            rig.step(new TransactionEvent.MarkersWritten(task.transactionalId(), task.producerId(), task.epoch()));
        }
    }

    private void writeMarker(TransactionTask.WriteMarkers task, TopicPartition partition) {
        transcript.add(
                partition.equals(OffsetsInTransactions.PARTITION)
                        ? offsets.end(task.producerId(), task.epoch(), task.commit())
                        : logs.end(partition, task.producerId(), task.epoch(), task.commit()));
    }

    private void pass(long ms) {
        rig.advance(ms, this::settle);
        offsets.pass(ms);
    }

    private void crash() {
        shown = rig.flushed();
        markers.clear();
        diskStands = false;
        rig.crash();
    }

    // ---- tools

    private void describe(String transactionalId) {
        DescribeTransactionsRequestData request =
                new DescribeTransactionsRequestData().setTransactionalIds(List.of(transactionalId));
        ask(ticket -> new TransactionEvent.Request(ticket, (short) 0, request), response -> {
            var state = ((DescribeTransactionsResponseData) response)
                    .transactionStates()
                    .getFirst();
            if (state.errorCode() != 0) {
                return transactionalId + ": " + ErrorCode.forCode(state.errorCode());
            }
            String partitions = state.topics().stream()
                    .flatMap(topic -> topic.partitions().stream().map(number -> " " + topic.topic() + "-" + number))
                    .collect(Collectors.joining());
            return transactionalId + ": " + state.transactionState() + " " + state.producerId() + "/"
                    + state.producerEpoch() + (partitions.isEmpty() ? "" : " in" + partitions);
        });
    }

    private void list(String state, String producerId, String durationMs) {
        ListTransactionsRequestData request = new ListTransactionsRequestData()
                .setStateFilters(state == null ? List.of() : List.of(state))
                .setProducerIdFilters(producerId == null ? List.of() : List.of(Long.parseLong(producerId)))
                .setDurationFilter(durationMs == null ? -1 : Long.parseLong(durationMs));
        ask(ticket -> new TransactionEvent.Request(ticket, (short) 1, request), response -> {
            String listed = ((ListTransactionsResponseData) response)
                    .transactionStates().stream()
                            .map(one -> one.transactionalId() + " " + one.transactionState())
                            .collect(Collectors.joining(", "));
            return "transactions: " + (listed.isEmpty() ? "none" : listed);
        });
    }
}

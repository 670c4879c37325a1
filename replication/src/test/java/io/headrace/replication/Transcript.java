package io.headrace.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.AppendResult;
import io.headrace.log.AppendResult.Appended;
import io.headrace.log.AppendResult.Duplicate;
import io.headrace.log.AppendResult.Rejected;
import io.headrace.log.AppendResult.SegmentFull;
import io.headrace.log.AppendValidator;
import io.headrace.log.CompactionMemory;
import io.headrace.log.LoadReport;
import io.headrace.log.LogConfig;
import io.headrace.log.LogIdentity;
import io.headrace.log.LogSlice;
import io.headrace.testing.MemoryDisk;
import io.headrace.testing.SetTime;
import io.headrace.wire.BatchBuilder;
import io.headrace.wire.ErrorCode;
import io.headrace.wire.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The lives of two partitions, p and q, in one log directory, told as a script. A line that begins with {@code >} is done,
 * and all that comes of it stands below. Disk work is begun by the partitions and comes back when the script says so.
 *
 * <pre>
 * produce NAME RECORDS [key=KEY] [acks=0|1|all] [producer=ID seq=N] [bytes=N] [placed=NAME] [done=NAME]
 *                         a batch; the others are sent from within the call that says that this one is placed, or done
 * read OFFSET [max=BYTES] [hold=NAME]
 * content NAME            of a slice that was held
 * watch NAME, unwatch NAME, producers, delete-records OFFSET, retention, configure KEY=VALUE, close, delete
 * checkpoint [NAME]       if it has a name, it says when it is over
 * compaction              the next step of one up to the flushed offset
 * open, flush, roll, retain, seal, seek, compact, exchange, tidy
 *                         the oldest task of that kind runs on the disk and comes back
 * run TASK, tell TASK     the one half and the other
 * rest                    everything runs and comes back
 * disk full|roomy|fails-write [AFTER]|fails-sync|fails-read|rots POSITION
 * wait MS
 * state                   what the log, the budget and the disk hold
 * </pre>
 *
 * All commands are about p, unless {@code on q} is added.
 */
final class Transcript {

    private static final LogConfig CONFIG = LogConfig.defaults();

    private final MemoryDisk disk = new MemoryDisk();
    private final SetTime time = new SetTime();
    private final Map<String, Hand> hands = new LinkedHashMap<>();
    private final Map<String, LogSlice> held = new TreeMap<>();
    private final UnflushedBudget budget;
    private final List<String> lines = new ArrayList<>();

    private Transcript(LogConfig config, Visibility visibility, long budgetBytes) {
        budget = new UnflushedBudget(budgetBytes);
        hands.put("p", new Hand("", 0, config, visibility));
        hands.put("q", new Hand(" on q", 1, config, visibility));
    }

    static Transcript durable() {
        return of(CONFIG);
    }

    static Transcript of(LogConfig config) {
        return new Transcript(config, Visibility.DURABLE, Long.MAX_VALUE);
    }

    static Transcript budgetOf(long bytes) {
        return new Transcript(CONFIG, Visibility.DURABLE, bytes);
    }

    static Transcript written(long budgetBytes) {
        return new Transcript(CONFIG, Visibility.WRITTEN, budgetBytes);
    }

    /** Does what the script says, and holds what comes of it against what the script says of that. */
    void reads(String script) {
        for (String line : script.lines().toList()) {
            if (line.startsWith(">")) {
                lines.add(line);
                obey(new ArrayList<>(List.of(line.substring(1).trim().split(" +"))));
            }
        }
        assertThat(String.join("\n", lines) + "\n").isEqualTo(script);
    }

    private void say(String line) {
        lines.add(line);
    }

    private void obey(List<String> words) {
        Hand hand = hands.get("p");
        if (words.size() > 2 && words.get(words.size() - 2).equals("on")) {
            hand = hands.get(words.removeLast());
            words.removeLast();
        }
        switch (words.getFirst()) {
            case "disk" -> befall(hand, words.subList(1, words.size()));
            case "wait" -> time.pass(Long.parseLong(words.get(1)));
            case "content" -> content(words.get(1));
            default -> hand.obey(words);
        }
    }

    private void befall(Hand hand, List<String> words) {
        switch (words.getFirst()) {
            case "full" -> disk.full(true);
            case "roomy" -> disk.full(false);
            case "fails-write" -> disk.failWriteAfter(words.size() == 1 ? 0 : Integer.parseInt(words.get(1)));
            case "fails-read" -> disk.failNextRead();
            case "fails-sync" -> disk.failSyncAfter(0);
            case "rots" -> hand.rot(Integer.parseInt(words.get(1)));
            default -> throw new IllegalArgumentException("disk " + words);
        }
    }

    private void content(String name) {
        LogSlice slice = held.remove(name);
        say(name + " is" + batches(slice));
        slice.close();
    }

    private static String batches(LogSlice slice) {
        StringBuilder text = new StringBuilder();
        for (RecordBatch batch : SliceContent.batches(slice)) {
            text.append(' ').append(batch.baseOffset()).append('-').append(batch.lastOffset());
        }
        return text.isEmpty() ? " nothing" : text.toString();
    }

    /** {@code key=value} of a command, the default if it is left out. */
    private static String option(List<String> words, String key, String otherwise) {
        for (String word : words) {
            if (word.startsWith(key + "=")) {
                return word.substring(key.length() + 1);
            }
        }
        return otherwise;
    }

    /** What one partition is told, and what it tells. */
    private final class Hand implements PartitionEnv.Events {
        private final String name;
        private final LogIdentity id;
        private final CrankedWork work;
        private final LeaderPartition partition;
        private final Map<String, Runnable> watchers = new TreeMap<>();
        private LogConfig config;

        Hand(String name, int index, LogConfig config, Visibility visibility) {
            this.name = name;
            this.config = config;
            id = TestDirectory.identity(index);
            work = new CrankedWork(job -> say("begins " + job.kind() + name));
            LogOpener opener = new TestDirectory(disk, time, config).opener(id);
            PartitionEnv env = new PartitionEnv(work, time, visibility, new AppendValidator(), budget, this);
            partition = new LeaderPartition(id, config, 0, opener, env);
        }

        void obey(List<String> words) {
            switch (words.getFirst()) {
                case "produce" -> produce(words);
                case "read" -> read(words);
                case "watch" -> watch(words.get(1));
                case "unwatch" -> partition.unwatch(watchers.remove(words.get(1)));
                case "producers" -> producers();
                case "latest" -> latest();
                case "delete-records" -> deleteRecords(Long.parseLong(words.get(1)));
                case "checkpoint" -> checkpoint(words);
                case "compaction" -> compaction();
                case "retention" -> partition.enforceRetention();
                case "configure" -> configure(words);
                case "close" -> close();
                case "delete" -> partition.delete(() -> say("untouched" + name));
                case "run" -> job(words.get(1), false).runIfNotRun();
                case "tell" -> work.tell(job(words.get(1), true));
                case "rest" -> work.finish();
                case "state" -> state();
                default -> {
                    CrankedWork.Job<?> job = job(words.getFirst(), false);
                    job.runIfNotRun();
                    work.tell(job);
                }
            }
        }

        private CrankedWork.Job<?> job(String kind, boolean hasRun) {
            for (CrankedWork.Job<?> job : work.jobs()) {
                if (job.kind().equals(kind) && job.hasRun() == hasRun) {
                    return job;
                }
            }
            throw new IllegalArgumentException("there is no " + kind + " to be done, after " + lines);
        }

        private void produce(List<String> words) {
            String append = words.get(1);
            Acks acks =
                    Acks.forCode(Short.parseShort(option(words, "acks", "all").replace("all", "-1")));
            new SentAppend(batch(words), acks) {
                @Override
                void whenPlaced() {
                    say(append + " placed");
                    produceNext("placed", words);
                }

                @Override
                void whenDone(AppendResult result) {
                    say(append + " " + told(result));
                    produceNext("done", words);
                }
            }.sendTo(partition);
        }

        private void produceNext(String when, List<String> words) {
            String next = option(words, when, "");
            if (!next.isEmpty()) {
                produce(List.of("produce", next, "1", "acks=" + option(words, "acks", "all")));
            }
        }

        private ByteBuffer batch(List<String> words) {
            int bytes = Integer.parseInt(option(words, "bytes", "10"));
            BatchBuilder builder = new BatchBuilder();
            String keyText = option(words, "key", "");
            ByteBuffer key = keyText.isEmpty() ? null : ByteBuffer.wrap(keyText.getBytes(StandardCharsets.UTF_8));
            long producer = Long.parseLong(option(words, "producer", "-1"));
            if (producer >= 0) {
                builder.producer(producer, (short) 0, Integer.parseInt(option(words, "seq", "0")));
            }
            for (int i = 0; i < Integer.parseInt(words.get(2)); i++) {
                builder.append(time.wallMs(), key, ByteBuffer.allocate(bytes));
            }
            return builder.build(0, RecordBatch.NO_LEADER_EPOCH);
        }

        private String told(AppendResult result) {
            return switch (result) {
                case Appended(long base, long last, long _) -> "at " + base + "-" + last;
                case Duplicate(long base, long last, long _) -> "again at " + base + "-" + last;
                case Rejected refused -> "refused " + refused.error() + ": " + refused.message();
                case SegmentFull() -> throw new AssertionError("a producer was told to roll the segment");
            };
        }

        private void read(List<String> words) {
            int max = Integer.parseInt(option(words, "max", "1000000"));
            partition.read(Long.parseLong(words.get(1)), max, true, result -> told(result, option(words, "hold", "")));
        }

        private void told(ReadResult result, String hold) {
            if (result.error() != ErrorCode.NONE) {
                say("read " + result.error());
                return;
            }
            say("read" + batches(result.slice()) + ", log from " + result.logStartOffset() + " to "
                    + result.highWatermark() + name);
            if (!hold.isEmpty()) {
                held.put(hold, result.slice());
            } else if (result.slice() != null) {
                result.slice().close();
            }
        }

        private void watch(String watcher) {
            Runnable woken = () -> say(watcher + " woken");
            watchers.put(watcher, woken);
            partition.watch(woken);
        }

        private void producers() {
            partition.queryDurable(
                    log -> "producers: " + log.producers().size(),
                    Transcript.this::say,
                    error -> say("no producers: " + error));
        }

        private void latest() {
            partition.querySettled(
                    (_, highWatermark) -> say("latest " + highWatermark), error -> say("no latest: " + error));
        }

        private void deleteRecords(long before) {
            Consumer<ErrorCode> otherwise = error -> say("not deleted: " + error);
            partition.deleteRecords(before, start -> say("log from " + start), otherwise);
        }

        private void configure(List<String> words) {
            config = config.with(draft -> {
                draft.segmentBytes = Integer.parseInt(option(words, "segment.bytes", "" + draft.segmentBytes));
                draft.retentionMs = Long.parseLong(option(words, "retention.ms", "" + draft.retentionMs));
                draft.maxMessageBytes =
                        Integer.parseInt(option(words, "max.message.bytes", "" + draft.maxMessageBytes));
            });
            partition.configure(config);
        }

        private void checkpoint(List<String> words) {
            if (words.size() == 1) {
                partition.checkpoint();
            } else {
                partition.checkpoint(() ->
                        say(words.get(1) + " over, " + partition.flushedSinceCheckpoint() + " bytes flushed since"));
            }
        }

        private void compaction() {
            partition.compact(
                    partition.openLog().recoveryPoint(),
                    new CompactionMemory(1_000, 0.9),
                    step -> say("compaction "
                            + step.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }

        private void close() {
            partition.close((clean, log) -> say("closed " + (clean ? "cleanly" : "uncleanly")
                    + (log == null ? "" : " at " + log.logEndOffset()) + name));
        }

        private void state() {
            String log = partition.openLog() == null
                    ? "no log"
                    : "log from " + partition.openLog().logStartOffset() + " to "
                            + partition.openLog().logEndOffset() + ", flushed to "
                            + partition.openLog().flushedOffset() + ", recovery point "
                            + partition.openLog().recoveryPoint();
            say(log + "; unflushed " + budget.usedBytes() + "; open files " + disk.openFiles());
        }

        private void rot(int position) {
            try {
                disk.flip(TestDirectory.directoryOf(id).resolve("00000000000000000000.log"), position);
            } catch (IOException missing) {
                throw new UncheckedIOException(missing);
            }
        }

        // ---- what it tells

        @Override
        public void opened(LogIdentity opened, LoadReport report) {
            say("opened" + name);
        }

        @Override
        public void flushed(LogIdentity log, long bytes) {}

        @Override
        public void startedOver(LogIdentity failed, Exception cause) {
            say("starts over" + name + ": " + cause.getMessage());
        }

        @Override
        public void notOpened(LogIdentity failed, Exception cause) {
            say("not opened" + name + ": " + cause.getMessage());
        }

        @Override
        public void notRead(LogIdentity failed, Exception cause) {
            say("not read" + name + ": " + cause.getMessage());
        }

        @Override
        public void notCompacted(LogIdentity failed, Exception cause) {
            say("not compacted" + name + ": " + cause.getMessage());
        }

        @Override
        public void offline(LogIdentity failed, Exception cause) {
            say("offline" + name + ": " + cause.getMessage());
        }

        @Override
        public void directoryFailed(LogIdentity failed, Exception cause) {
            say("directory failed" + name);
        }
    }
}

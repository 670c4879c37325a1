package io.headrace.runtime;

import io.headrace.ports.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One platform thread with one selector, which owns connections and partitions. Tasks run on it one after another, each
 * to completion, so that what a shard owns needs no locks. A turn of its loop serves the sockets that are ready, a
 * bounded number of tasks and of timers, and then the connections that these have given something to send or to handle.
 * What a task throws is logged and hurts nobody else.
 *
 * <p>While its thread sleeps in the selector, the shard is lent to another that has a task for it ({@link #perform}), since
 * to wake a thread costs more than most tasks. So a shard is whoever holds its {@link #turn}: its thread while it is
 * awake, or the one that it is lent to.
 */
public final class Shard {

    private static final long NANOS_PER_MS = 1_000_000;

    /** Some seventy years: beyond half the clock's range, deadlines could not be compared any more. */
    private static final long LONGEST_DELAY_MS = Long.MAX_VALUE / 4 / NANOS_PER_MS;

    private final int index;
    private final Thread thread;
    private final Selector selector;
    private final Consumer<SelectionKey> ready = new Ready();
    private final Inbox inbox = new Inbox();

    /** Waited for by the shard's own thread only; others try, and go another way. */
    private final ReentrantLock turn = new ReentrantLock();

    private final Timers timers = new Timers();
    private final BufferPool buffers = new BufferPool();
    private final ByteBuffer[] gatherVector = new ByteBuffer[Limits.GATHER_BUFFERS];
    private final ArrayDeque<Runnable> closeTasks = new ArrayDeque<>();
    private List<Conversation> due = new ArrayList<>();
    private List<Conversation> dueBefore = new ArrayList<>();
    private ByteBuffer readBuffer;
    private final UnreadResponses unreadResponses = new UnreadResponses(Limits.UNREAD_RESPONSE_BYTES);
    private int connections;
    private int exchanges;

    /** When the selector ends its sleep by itself, so that a timer set meanwhile can tell whether it is too late. */
    private long sleepsUntilNanos;

    private Runnable whenEmpty;
    private boolean ending;

    private Shard(int index) throws IOException {
        this.index = index;
        selector = Selector.open();
        thread = new Thread(this::run, "headrace-shard-" + index);
        thread.setDaemon(true);
    }

    static Shard start(int index) {
        try {
            Shard shard = new Shard(index);
            shard.thread.start();
            return shard;
        } catch (IOException e) {
            throw new UncheckedIOException("no selector for shard " + index, e);
        }
    }

    /** From 0. */
    public int index() {
        return index;
    }

    /** Whether the calling thread is this shard, or has it on loan. */
    public boolean isCurrent() {
        return turn.isHeldByCurrentThread();
    }

    /**
     * Runs the task on the shard, after those that the calling thread posted before, and never within this call. Any
     * thread.
     *
     * @return false if it will not be run, since the shard has ended
     */
    public boolean post(Runnable task) {
        return switch (inbox.offer(task)) {
            case QUEUED -> true;
            case WAKE -> {
                selector.wakeup();
                yield true;
            }
            case REFUSED -> false;
        };
    }

    /**
     * Runs the task in the shard's name: within this call if the shard sleeps, otherwise as {@link #post} does. For what
     * takes less time than waking a thread, and for callers whose state bears an answer from within the call. Any shard.
     *
     * @return false if it will not be run, since the shard has ended
     */
    public boolean perform(Runnable task) {
        if (isCurrent() || !inbox.isParked() || !turn.tryLock()) {
            return post(task);
        }
        boolean lent = inbox.isParked();
        boolean wake = false;
        try {
            if (lent) {
                run(task);
                wake = hasToAct();
            }
        } finally {
            turn.unlock();
        }
        if (wake) {
            selector.wakeup();
        }
        return lent || post(task);
    }

    /** Whether a task has left behind what only the thread with the selector can do, or can do in time. */
    private boolean hasToAct() {
        return !due.isEmpty() || whenEmpty != null || (timers.size() > 0 && timers.untilNext(sleepsUntilNanos) < 0);
    }

    /** Runs the task after the delay, never before. On the shard's thread only. */
    public Timer schedule(long delayMs, Runnable task) {
        checkCurrent();
        return timers.add(System.nanoTime() + Math.clamp(delayMs, 0, LONGEST_DELAY_MS) * NANOS_PER_MS, task);
    }

    /** Runs on the shard when it ends, after its connections are closed; those added last run first. */
    public void onClose(Runnable task) {
        checkCurrent();
        closeTasks.push(task);
    }

    void checkCurrent() {
        Check.that(isCurrent(), "what a shard owns is touched on its thread only");
    }

    /** The key awaits its {@link Endpoint} as attachment. */
    SelectionKey register(SelectableChannel channel, int operations) throws IOException {
        return channel.register(selector, operations);
    }

    /** Lets go of channels that have been closed: until then the operating system still has them open. */
    void deregisterClosed() throws IOException {
        selector.selectNow(ready);
    }

    /** Lets the conversation go on at the end of this turn. */
    void due(Conversation conversation) {
        due.add(conversation);
    }

    /** Where sockets are read into: free for use at any time, and to be left before the next connection's turn. */
    ByteBuffer readBuffer() {
        if (readBuffer == null) {
            readBuffer = ByteBuffer.allocateDirect(Limits.READ_BUFFER_BYTES);
        }
        return readBuffer;
    }

    BufferPool buffers() {
        return buffers;
    }

    /** Scratch space for one gathering write. */
    ByteBuffer[] gatherVector() {
        return gatherVector;
    }

    UnreadResponses unreadResponses() {
        return unreadResponses;
    }

    void exchangeBegun() {
        exchanges++;
    }

    /** It has been answered, or never will be. */
    void exchangeEnded() {
        exchanges--;
    }

    /** Requests of its connections that are under way, those of connections that have gone included. */
    int exchanges() {
        return exchanges;
    }

    void connectionOpened() {
        connections++;
    }

    void connectionClosed() {
        connections--;
        tellWhenEmpty();
    }

    /** Lets every endpoint take nothing in any more, and tells when the last connection has closed. */
    void drain(Runnable whenDrained) {
        whenEmpty = whenDrained;
        for (Endpoint endpoint : endpoints()) {
            run(endpoint::drain);
        }
        tellWhenEmpty();
    }

    void closeEndpoints() {
        for (Endpoint endpoint : endpoints()) {
            run(endpoint::close);
        }
    }

    void runCloseTasks() {
        while (!closeTasks.isEmpty()) {
            run(closeTasks.pop());
        }
    }

    /** Ends the loop when everything that has been posted is done. */
    void end() {
        ending = true;
    }

    void join(long withinMs) throws InterruptedException {
        thread.join(withinMs);
    }

    boolean ended() {
        return !thread.isAlive();
    }

    private void tellWhenEmpty() {
        if (connections == 0 && whenEmpty != null) {
            whenEmpty.run();
            whenEmpty = null;
        }
    }

    private List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Endpoint endpoint) {
                endpoints.add(endpoint);
            }
        }
        return endpoints;
    }

    private void run() {
        turn.lock();
        try {
            while (!(ending && inbox.end())) {
                select();
                runTasks();
                runTimers();
                serveDue();
            }
            closeEndpoints();
            selector.close();
        } catch (IOException e) {
            report("shard " + index + " cannot go on: its selector failed", e);
            while (!inbox.end()) {
                runTasks();
            }
        }
    }

    private void select() throws IOException {
        long now = System.nanoTime();
        long nanos = due.isEmpty() && !ending ? timers.untilNext(now) : 0;
        try {
            if (nanos <= 0 || !inbox.park()) {
                selector.selectNow(ready);
            } else {
                sleepsUntilNanos = now + Math.min(nanos, LONGEST_DELAY_MS * NANOS_PER_MS);
                turn.unlock();
                // Without a timer the timeout is 0, which is for ever.
                selector.select(ready, nanos == Long.MAX_VALUE ? 0 : (nanos + NANOS_PER_MS - 1) / NANOS_PER_MS);
            }
        } finally {
            awake();
        }
    }

    /** Takes the shard back; waits while it is lent, which is for one task. */
    private void awake() {
        if (!turn.isHeldByCurrentThread()) {
            turn.lock();
        }
        inbox.unpark();
    }

    private void runTasks() {
        Runnable task;
        for (int i = 0; i < Limits.TASKS_PER_TURN && (task = inbox.poll()) != null; i++) {
            run(task);
        }
    }

    private void runTimers() {
        if (timers.size() == 0) {
            return;
        }
        long now = System.nanoTime();
        Timer timer;
        for (int i = 0; i < Limits.TASKS_PER_TURN && (timer = timers.pollDue(now)) != null; i++) {
            run(timer.task());
        }
    }

    /** Those that become due meanwhile have to wait for the next turn. */
    private void serveDue() {
        if (due.isEmpty()) {
            return;
        }
        List<Conversation> now = due;
        due = dueBefore;
        dueBefore = now;
        for (int i = 0; i < now.size(); i++) {
            Conversation conversation = now.get(i);
            try {
                conversation.goOn();
            } catch (Throwable e) {
                fail(conversation, e);
            }
        }
        now.clear();
    }

    /** Runs a task to its end, whatever that is. */
    void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            report("a task failed on shard " + index, e);
        }
    }

    /** Lets an endpoint end with what was thrown in its name. */
    void fail(Endpoint endpoint, Throwable cause) {
        try {
            endpoint.failed(cause);
        } catch (Throwable e) {
            report("failing to close what has failed on shard " + index, e);
        }
    }

    /** Even when there is no memory left to say something with, the others are served. */
    private static void report(String what, Throwable cause) {
        try {
            FaultLog.fault(what, cause);
        } catch (Throwable e) {
            cause.addSuppressed(e);
        }
    }

    private final class Ready implements Consumer<SelectionKey> {
        @Override
        public void accept(SelectionKey key) {
            awake();
            Endpoint endpoint = (Endpoint) key.attachment();
            try {
                if (key.isValid()) {
                    endpoint.ready(key.readyOps());
                }
            } catch (Throwable e) {
                fail(endpoint, e);
            }
        }
    }
}

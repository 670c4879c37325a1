package io.headrace.broker;

import io.headrace.metadata.ActiveController;
import io.headrace.metadata.ControllerEvent;
import io.headrace.metadata.ProducerIdBlock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;

/** Gives out producer ids from blocks that the controller grants, so that not each one costs a write. Belongs to shard 0. */
final class ProducerIds {

    private record Waiting(LongConsumer given, Runnable failed) {}

    private final ActiveController controller;
    private final int brokerId;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long next;
    private long end;
    private boolean asked;

    ProducerIds(ActiveController controller, int brokerId) {
        this.controller = controller;
        this.brokerId = brokerId;
    }

    void next(LongConsumer given, Runnable failed) {
        waiting.add(new Waiting(given, failed));
        serve();
    }

    private void serve() {
        while (next < end && !waiting.isEmpty()) {
            waiting.poll().given().accept(next++);
        }
        if (!waiting.isEmpty() && !asked) {
            asked = true;
            controller.submit(new ControllerEvent.AllocateProducerIds(brokerId), new ActiveController.Reply<>() {
                @Override
                public void answered(ProducerIdBlock block) {
                    asked = false;
                    next = block.first();
                    end = block.first() + block.count();
                    serve();
                }

                @Override
                public void failed(Exception cause) {
                    asked = false;
                    for (Waiting one = waiting.poll(); one != null; one = waiting.poll()) {
                        one.failed().run();
                    }
                }
            });
        }
    }
}

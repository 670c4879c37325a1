package io.headrace.broker.coordination;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiMessage;

/** Waits for a number of things and hands them over together, in the order of their places. Belongs to one shard. */
public final class Gathering<T> {

    private final List<T> gathered;
    private final Consumer<List<T>> whenAll;
    private int outstanding;

    /** Of none, {@code whenAll} hears at once. */
    public Gathering(int count, Consumer<List<T>> whenAll) {
        this.gathered = new ArrayList<>(Collections.nCopies(count, null));
        this.whenAll = whenAll;
        this.outstanding = count;
        if (count == 0) {
            whenAll.accept(gathered);
        }
    }

    /** Each place is filled once. */
    public void put(int place, T value) {
        gathered.set(place, value);
        if (--outstanding == 0) {
            whenAll.accept(gathered);
        }
    }

    /** Whoever fills a place with a coordinator's reply. */
    public static Asker asker(Gathering<Reply> gathering, int place) {
        return new Asker() {
            @Override
            public void answered(ApiMessage response) {
                gathering.put(place, new Reply.Answered(response));
            }

            @Override
            public void refused(ErrorCode error) {
                gathering.put(place, new Reply.Refused(error));
            }
        };
    }
}

package io.headrace.coordination;

/**
 * In whose name records were written. Records of a transaction stand under its producer id until the marker that ends it;
 * all others, which stand at once, under none.
 *
 * @param producerId -1 outside of transactions
 * @param producerEpoch -1 outside of transactions
 */
public record Origin(long producerId, short producerEpoch) {

    public static final Origin NONE = new Origin(-1, (short) -1);

    public boolean isTransactional() {
        return producerId >= 0;
    }
}

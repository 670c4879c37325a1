package io.headrace.log;

/** Who wants a batch appended, by which it is judged. */
public sealed interface AppendOrigin {

    /**
     * A producer, through a Produce request.
     *
     * @param produceVersion of the request
     * @param verification what showed that the partition is part of the transaction, null if nothing did
     */
    record Client(int produceVersion, Verification verification) implements AppendOrigin {
        public static Client of(int produceVersion) {
            return new Client(produceVersion, null);
        }
    }

    /**
     * A coordinator that keeps its records in the log. What it writes on behalf of a transaction has the producer's id and
     * epoch but no sequence.
     *
     * @param verification as for a client
     */
    record Coordinator(Verification verification) implements AppendOrigin {
        public static Coordinator plain() {
            return new Coordinator(null);
        }
    }

    /**
     * The end of a transaction, as its coordinator decided.
     *
     * @param transactionVersion 2 if the marker has a higher epoch than what was written in the transaction (KIP-890)
     */
    record Marker(int transactionVersion) implements AppendOrigin {
        boolean bumpsEpoch() {
            return transactionVersion >= Verification.FIRST_VERSION_WITH_EPOCH_BUMP;
        }
    }
}

package io.headrace.coordination.transaction;

/** What a transaction coordinator is woken for. */
sealed interface TransactionTimer {

    /** The transaction has lasted as long as it may. */
    record Timeout(String transactionalId) implements TransactionTimer {}

    /** A request has waited long enough for the transaction before to end. */
    record Patience(String transactionalId, long ticket) implements TransactionTimer {}

    /** Transactional ids that nobody has used for long are forgotten. */
    record Expiration() implements TransactionTimer {}
}

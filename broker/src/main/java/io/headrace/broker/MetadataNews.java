package io.headrace.broker;

import io.headrace.broker.coordination.GroupCoordinators;
import io.headrace.broker.transaction.TransactionCoordinators;
import io.headrace.metadata.ActiveController;
import io.headrace.metadata.MetadataChange;

/** Shows every shard what has been committed, and tells a person when nothing can be. Runs on shard 0. */
final class MetadataNews implements ActiveController.Publication {

    private final PublishedImage image;
    private final TopicChanges changes;
    private final GroupCoordinators groups;
    private final TransactionCoordinators transactions;

    MetadataNews(
            PublishedImage image,
            TopicChanges changes,
            GroupCoordinators groups,
            TransactionCoordinators transactions) {
        this.image = image;
        this.changes = changes;
        this.groups = groups;
        this.transactions = transactions;
    }

    @Override
    public void published(MetadataChange change) {
        image.set(change.after());
        changes.published(change);
        groups.published(change);
        transactions.published(change);
    }

    @Override
    public void unavailable(Exception cause) {
        BrokerLog.warn("the metadata log cannot be written, topics and configurations stay as they are", cause);
    }

    @Override
    public void available() {
        BrokerLog.info("the metadata log can be written again");
    }
}

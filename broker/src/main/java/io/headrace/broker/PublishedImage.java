package io.headrace.broker;

import io.headrace.metadata.MetadataImage;
import java.util.function.Supplier;

/** The last committed image, where every shard can see it. Set by shard 0, before anybody is told that it is committed. */
final class PublishedImage implements Supplier<MetadataImage> {

    private volatile MetadataImage image;

    @Override
    public MetadataImage get() {
        return image;
    }

    void set(MetadataImage next) {
        image = next;
    }
}

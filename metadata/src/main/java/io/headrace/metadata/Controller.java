package io.headrace.metadata;

import org.apache.kafka.common.protocol.ApiMessage;

/**
 * The core that decides about the metadata. {@link #step} looks and decides, {@link #apply} alone changes what is seen.
 * Belongs to shard 0.
 */
public final class Controller {

    private MetadataImage image;

    public Controller(MetadataImage image) {
        this.image = image;
    }

    public <R> Decision<R> step(ControllerEvent<R> event, ControllerEnv env) {
        throw new UnsupportedOperationException("being written");
    }

    public void apply(ApiMessage record) {
        image = image.apply(record);
    }

    /** With everything that has been applied, durable or not. */
    public MetadataImage image() {
        return image;
    }
}

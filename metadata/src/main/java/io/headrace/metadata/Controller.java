package io.headrace.metadata;

import java.util.List;
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
        return event.decide(image, env);
    }

    /** Takes the records of a decision, all of them or none; the last one has the offset. */
    public void apply(List<ApiMessage> records, long lastOffset) {
        if (!records.isEmpty()) {
            image = image.apply(records, lastOffset);
        }
    }

    /** With everything that has been applied, durable or not. */
    public MetadataImage image() {
        return image;
    }
}

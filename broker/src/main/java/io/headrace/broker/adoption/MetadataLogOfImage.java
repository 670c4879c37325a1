package io.headrace.broker.adoption;

import io.headrace.metadata.ImageLog;
import io.headrace.metadata.LocalMetadataLog;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.MetadataLoad;
import io.headrace.metadata.MetadataLog;
import io.headrace.ports.Disk;
import io.headrace.ports.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/** Makes a metadata log that says what an image says, closed and durable on return. */
final class MetadataLogOfImage implements MetadataLog.Listener {

    private Exception failure;

    private MetadataLogOfImage() {}

    /** @param directory that gets a {@code __cluster_metadata-0}, and has none */
    static void write(Disk disk, Path directory, MetadataImage image, Time time) throws IOException {
        MetadataLoad load = LocalMetadataLog.loading(disk, directory, image.clusterId(), time)
                .run();
        InlineWork work = new InlineWork();
        LocalMetadataLog log = new LocalMetadataLog(load, disk, directory, work, time);
        MetadataLogOfImage listener = new MetadataLogOfImage();
        log.listen(listener);
        try {
            ImageLog.write(image, log);
        } finally {
            work.finish();
            log.close(() -> {});
            work.finish();
        }
        if (listener.failure != null) {
            throw new IOException(
                    "the metadata could not be written: " + listener.failure.getMessage(), listener.failure);
        }
    }

    @Override
    public void committed(long offset) {}

    @Override
    public void failed(Exception cause) {
        failure = cause;
    }

    @Override
    public void recovered(MetadataImage image, List<ApiMessage> since) {}
}

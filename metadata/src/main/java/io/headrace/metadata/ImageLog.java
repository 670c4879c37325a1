package io.headrace.metadata;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/** Lets a metadata log begin with an image that came from elsewhere. */
public final class ImageLog {

    private ImageLog() {}

    /**
     * Appends what makes the image, in batches of a bounded size. They are not one unit: whoever reads the log before the
     * last of them is committed finds a part of the image.
     */
    public static void write(MetadataImage image, MetadataLog log) throws IOException {
        ImageRecords records = new ImageRecords(image);
        List<ApiMessage> batch = new ArrayList<>();
        int bytes = 0;
        for (ApiMessage record = records.next(); record != null; record = records.next()) {
            batch.add(record);
            bytes += RecordFrame.write(record).remaining();
            if (bytes >= Limits.SNAPSHOT_BATCH_BYTES) {
                log.append(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!batch.isEmpty()) {
            log.append(batch);
        }
    }
}

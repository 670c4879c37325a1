package io.headrace.simulation.metadata;

import io.headrace.metadata.MetadataImage;
import io.headrace.simulation.Violation;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Every image that the metadata log has gone through, by its offset, and how far they were published. It outlives every
 * crash: what is loaded afterwards is one of these images, and none that is older than the last one published.
 */
final class MetadataHistory {

    private final TreeMap<Long, MetadataImage> images = new TreeMap<>();
    private long published = -1;

    MetadataHistory(String clusterId) {
        images.put(-1L, MetadataImage.empty(clusterId));
    }

    /** Records were given to the log, all or none, the last of them at the offset. */
    void appended(List<ApiMessage> records, long offset) {
        images.put(offset, images.lastEntry().getValue().apply(records, offset));
    }

    /** Everybody can see the image. */
    void published(MetadataImage image) {
        expect(image, "was published");
        published = Math.max(published, image.offset());
    }

    /** This is what was found on disk. Changes behind it never happened. */
    void loaded(MetadataImage image) {
        found(image);
        images.tailMap(image.offset(), false).clear();
    }

    /** This would be found on disk. */
    void found(MetadataImage image) {
        Violation.unless(
                image.offset() >= published,
                "the metadata is found as of offset " + image.offset() + ", and was published as of " + published);
        expect(image, "is found");
    }

    private void expect(MetadataImage image, String what) {
        MetadataImage expected = images.get(image.offset());
        Violation.unless(
                expected != null, "the metadata " + what + " as of offset " + image.offset() + ", inside a change");
        if (!expected.equals(image)) {
            throw new Violation("the metadata " + what + " as of offset " + image.offset() + " as " + image
                    + ", not as " + expected);
        }
    }
}

package io.headrace.metadata;

import io.headrace.ports.Check;
import java.util.List;
import org.apache.kafka.common.metadata.ProducerIdsRecord;

/** Producer ids that nobody else will be given: {@code first} and the {@code count - 1} after it. */
public record ProducerIdBlock(long first, int count) {

    static Decision<ProducerIdBlock> next(int brokerId, MetadataImage image) {
        BrokerImage broker = image.broker(brokerId);
        Check.that(broker != null, "a broker asks for producer ids once it is registered");
        ProducerIdBlock block = new ProducerIdBlock(image.nextProducerId(), Limits.PRODUCER_IDS_PER_BLOCK);
        ProducerIdsRecord record = new ProducerIdsRecord()
                .setBrokerId(brokerId)
                .setBrokerEpoch(broker.epoch())
                .setNextProducerId(Math.addExact(block.first(), block.count()));
        return new Decision<>(List.of(record), block);
    }
}

package io.headrace.metadata;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord.BrokerEndpoint;
import org.apache.kafka.common.metadata.RegisterBrokerRecord.BrokerFeature;
import org.apache.kafka.common.protocol.ApiMessage;

/** What a broker says of itself when it starts. {@code rack} may be null. */
public record BrokerRegistration(int brokerId, List<Endpoint> endpoints, String rack, List<Uuid> logDirectories) {

    Decision<BrokerImage> decide(MetadataImage image, ControllerEnv env) {
        List<ApiMessage> records = new ArrayList<>();
        finalizeFeature(Features.METADATA_VERSION, image, records);
        for (String feature : Features.LEVELS.keySet()) {
            if (!feature.equals(Features.METADATA_VERSION)) {
                finalizeFeature(feature, image, records);
            }
        }
        BrokerImage broker = image.broker(brokerId);
        if (broker == null || !describes(broker)) {
            long epoch = image.offset() + 1 + records.size();
            broker = new BrokerImage(brokerId, epoch, env.newId(), endpoints, rack, logDirectories, false);
            records.add(record(broker));
        }
        return new Decision<>(records, broker);
    }

    /** The level that the other records are written in comes first, as Kafka wants it. */
    private static void finalizeFeature(String name, MetadataImage image, List<ApiMessage> records) {
        Short level = Features.LEVELS.get(name);
        if (!level.equals(image.features().get(name))) {
            records.add(new FeatureLevelRecord().setName(name).setFeatureLevel(level));
        }
    }

    /** A broker that comes back as it was need not be registered again. */
    private boolean describes(BrokerImage broker) {
        boolean sameRack = rack == null ? broker.rack() == null : rack.equals(broker.rack());
        return sameRack
                && !broker.fenced()
                && sameEndpoints(endpoints, broker.endpoints())
                && logDirectories.equals(broker.logDirectories());
    }

    /** By hand: what a record's own equals needs in a young JVM costs every start several milliseconds. */
    private static boolean sameEndpoints(List<Endpoint> some, List<Endpoint> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            Endpoint one = some.get(i);
            Endpoint other = others.get(i);
            same = one.listener().equals(other.listener())
                    && one.host().equals(other.host())
                    && one.port() == other.port()
                    && one.securityProtocol() == other.securityProtocol();
        }
        return same;
    }

    static RegisterBrokerRecord record(BrokerImage broker) {
        RegisterBrokerRecord record = new RegisterBrokerRecord()
                .setBrokerId(broker.id())
                .setBrokerEpoch(broker.epoch())
                .setIncarnationId(broker.incarnation())
                .setRack(broker.rack())
                .setFenced(broker.fenced())
                .setLogDirs(broker.logDirectories());
        for (Endpoint endpoint : broker.endpoints()) {
            record.endPoints()
                    .add(new BrokerEndpoint()
                            .setName(endpoint.listener())
                            .setHost(endpoint.host())
                            .setPort(endpoint.port())
                            .setSecurityProtocol(endpoint.securityProtocol()));
        }
        Features.LEVELS.forEach((name, level) -> record.features()
                .add(new BrokerFeature()
                        .setName(name)
                        .setMinSupportedVersion(level)
                        .setMaxSupportedVersion(level)));
        return record;
    }
}

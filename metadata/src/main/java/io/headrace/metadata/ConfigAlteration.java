package io.headrace.metadata;

import io.headrace.metadata.config.BrokerConfigs;
import io.headrace.metadata.config.ConfigLayers;
import io.headrace.metadata.config.ConsumerGroupConfig;
import io.headrace.metadata.config.GroupConfigs;
import io.headrace.metadata.config.TopicConfigs;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.metadata.ConfigRecord;
import org.apache.kafka.common.protocol.ApiMessage;

/** What both ways of changing configurations have in common: the resources, and how a change is judged as a whole. */
final class ConfigAlteration {

    private final MetadataImage image;
    private final ControllerSettings settings;
    private final ConfigLayers broker;
    private final List<ApiMessage> records = new ArrayList<>();

    ConfigAlteration(MetadataImage image, ControllerEnv env) {
        this.image = image;
        this.settings = env.settings();
        this.broker = image.layersOf(settings.nodeId(), settings.file());
    }

    /** Of all changes that were accepted. */
    List<ApiMessage> records() {
        return records;
    }

    SortedMap<String, String> current(ConfigResource resource) {
        return image.configs(resource);
    }

    /**
     * Changes one resource of a request, unless something forbids to change it at all; null if it was changed.
     *
     * @param counts of the whole request
     */
    Refusal alter(byte typeCode, String name, ResourceCount counts, Function<ConfigResource, Refusal> change) {
        Refusal ofAll = counts.tooLarge();
        if (ofAll != null) {
            return ofAll;
        }
        if (counts.more(typeCode, name)) {
            return invalid("A resource can stand only once in the request.");
        }
        Refusal refusal = refusalOf(typeCode, name);
        return refusal != null
                ? refusal
                : change.apply(new ConfigResource(ConfigResource.Type.forCode(typeCode), name));
    }

    /** Why a resource has no configuration that could be changed; null if it has, though it need not exist. */
    private Refusal refusalOf(byte typeCode, String name) {
        ConfigResource.Type type = ConfigResource.Type.forCode(typeCode);
        if (type == ConfigResource.Type.TOPIC) {
            return refusalOfTopic(name);
        }
        if (type == ConfigResource.Type.BROKER) {
            return name.isEmpty() || name.equals(Integer.toString(settings.nodeId()))
                    ? null
                    : invalid("The broker '" + name + "' is not this one, which is " + settings.nodeId() + ".");
        }
        if (type == ConfigResource.Type.GROUP) {
            return name.isEmpty() ? invalid("A group is named by its id, which is not empty.") : null;
        }
        return invalid("Resources of type " + (type == null ? typeCode : type) + " have no configuration here.");
    }

    private static Refusal refusalOfTopic(String name) {
        if (name.isEmpty()) {
            return invalid("There is no configuration for all topics; set it for all brokers instead.");
        }
        String fault = TopicNames.refusal(name);
        return fault == null ? null : new Refusal(ErrorCode.INVALID_TOPIC_EXCEPTION, fault);
    }

    /** Takes the changes (null takes a key away) if what they would make of the resource is good, or says what is not. */
    Refusal change(ConfigResource resource, SortedMap<String, String> changes) {
        SortedMap<String, String> after = new TreeMap<>(current(resource));
        for (Map.Entry<String, String> change : changes.entrySet()) {
            if (change.getValue() == null) {
                after.remove(change.getKey());
            } else {
                after.put(change.getKey(), change.getValue());
            }
        }
        Refusal refusal = judge(resource, after);
        if (refusal == null) {
            addRecords(resource, changes);
        }
        return refusal;
    }

    private Refusal judge(ConfigResource resource, SortedMap<String, String> after) {
        return switch (resource.type()) {
            case TOPIC -> {
                String fault = TopicConfigs.refusal(after, broker);
                if (fault != null) {
                    yield new Refusal(ErrorCode.INVALID_CONFIG, fault);
                }
                yield image.topic(resource.name()) == null
                        ? new Refusal(
                                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "There is no topic '" + resource.name() + "'.")
                        : null;
            }
            case GROUP -> {
                String fault = GroupConfigs.refusal(
                        after, ConsumerGroupConfig.of(settings.file().file()));
                yield fault == null ? null : new Refusal(ErrorCode.INVALID_CONFIG, fault);
            }
            // Kafka answers a broker's bad value as a bad request (KAFKA-13609).
            case BROKER, BROKER_LOGGER, CLIENT_METRICS -> {
                String fault = BrokerConfigs.refusal(after, resource.name().isEmpty());
                yield fault == null ? null : new Refusal(ErrorCode.INVALID_REQUEST, fault);
            }
        };
    }

    private void addRecords(ConfigResource resource, SortedMap<String, String> changes) {
        SortedMap<String, String> before = current(resource);
        for (Map.Entry<String, String> change : changes.entrySet()) {
            if (!Objects.equals(before.get(change.getKey()), change.getValue())) {
                records.add(new ConfigRecord()
                        .setResourceType(resource.type().code())
                        .setResourceName(resource.name())
                        .setName(change.getKey())
                        .setValue(change.getValue()));
            }
        }
    }

    static Refusal invalid(String message) {
        return new Refusal(ErrorCode.INVALID_REQUEST, message);
    }
}

package io.headrace.metadata;

import io.headrace.metadata.config.ConfigCatalog;
import io.headrace.metadata.config.ConfigKey;
import io.headrace.metadata.config.ConfigType;
import io.headrace.metadata.config.ListValues;
import io.headrace.wire.ErrorCode;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;

/** Decides on one IncrementalAlterConfigs request (KIP-339). A resource is changed by all of its operations or by none. */
final class IncrementalAlteration {

    private static final byte SET = 0;
    private static final byte DELETE = 1;
    private static final byte APPEND = 2;
    private static final byte SUBTRACT = 3;

    private final IncrementalAlterConfigsRequestData request;
    private final ConfigAlteration alteration;

    IncrementalAlteration(IncrementalAlterConfigsRequestData request, MetadataImage image, ControllerEnv env) {
        this.request = request;
        this.alteration = new ConfigAlteration(image, env);
    }

    Decision<IncrementalAlterConfigsResponseData> decide() {
        IncrementalAlterConfigsResponseData response = new IncrementalAlterConfigsResponseData();
        ResourceCount counts = new ResourceCount();
        for (AlterConfigsResource asked : request.resources()) {
            counts.add(asked.resourceType(), asked.resourceName());
            for (AlterableConfig config : asked.configs()) {
                counts.addChars(asked.resourceName(), config.name(), config.value());
            }
        }
        for (AlterConfigsResource asked : request.resources()) {
            Refusal refusal = alteration.alter(
                    asked.resourceType(), asked.resourceName(), counts, resource -> operate(resource, asked));
            AlterConfigsResourceResponse result = new AlterConfigsResourceResponse()
                    .setResourceType(asked.resourceType())
                    .setResourceName(asked.resourceName())
                    .setErrorMessage(null);
            if (refusal != null) {
                result.setErrorCode(refusal.error().code()).setErrorMessage(refusal.message());
            }
            response.responses().add(result);
        }
        return Decision.of(request.validateOnly(), alteration.records(), response);
    }

    private Refusal operate(ConfigResource resource, AlterConfigsResource asked) {
        SortedMap<String, String> changes = new TreeMap<>();
        for (AlterableConfig config : asked.configs()) {
            if (changes.containsKey(config.name())) {
                return ConfigAlteration.invalid("The key " + config.name() + " stands twice for one resource.");
            }
            Refusal refusal = operate(resource, config, changes);
            if (refusal != null) {
                return refusal;
            }
        }
        return alteration.change(resource, changes);
    }

    private Refusal operate(ConfigResource resource, AlterableConfig config, SortedMap<String, String> changes) {
        byte operation = config.configOperation();
        if (operation < SET || operation > SUBTRACT) {
            return ConfigAlteration.invalid("There is no operation " + operation + ".");
        }
        if (operation == DELETE) {
            changes.put(config.name(), null);
            return null;
        }
        if (config.value() == null) {
            return ConfigAlteration.invalid("No value was given for the configuration key " + config.name() + ".");
        }
        if (operation == SET) {
            changes.put(config.name(), config.value());
            return null;
        }
        return operateOnList(resource, config, changes);
    }

    /** A list that was never set starts from its default. */
    private Refusal operateOnList(ConfigResource resource, AlterableConfig config, SortedMap<String, String> changes) {
        ConfigCatalog catalog = switch (resource.type()) {
            case TOPIC -> ConfigCatalog.topics();
            case GROUP -> ConfigCatalog.groups();
            case BROKER, BROKER_LOGGER, CLIENT_METRICS -> ConfigCatalog.brokers();
        };
        ConfigKey key = catalog.key(config.name());
        if (key == null || key.type() != ConfigType.LIST) {
            return new Refusal(
                    ErrorCode.INVALID_CONFIG,
                    "Nothing can be appended to or taken from " + config.name() + ": it is not a list.");
        }
        String before = alteration.current(resource).getOrDefault(config.name(), key.defaultValue());
        changes.put(
                config.name(),
                config.configOperation() == APPEND
                        ? ListValues.append(before, config.value())
                        : ListValues.subtract(before, config.value()));
        return null;
    }
}

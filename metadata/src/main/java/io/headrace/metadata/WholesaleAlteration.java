package io.headrace.metadata;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterConfigsResponseData.AlterConfigsResourceResponse;

/** Decides on one AlterConfigs request: what it says for a resource replaces all that had been set for it. */
final class WholesaleAlteration {

    private final AlterConfigsRequestData request;
    private final ConfigAlteration alteration;

    WholesaleAlteration(AlterConfigsRequestData request, MetadataImage image, ControllerEnv env) {
        this.request = request;
        this.alteration = new ConfigAlteration(image, env);
    }

    Decision<AlterConfigsResponseData> decide() {
        AlterConfigsResponseData response = new AlterConfigsResponseData();
        ResourceCount counts = new ResourceCount();
        for (AlterConfigsResource asked : request.resources()) {
            counts.add(asked.resourceType(), asked.resourceName());
            for (AlterableConfig config : asked.configs()) {
                counts.addChars(asked.resourceName(), config.name(), config.value());
            }
        }
        for (AlterConfigsResource asked : request.resources()) {
            Refusal refusal = alteration.alter(
                    asked.resourceType(), asked.resourceName(), counts, resource -> replace(resource, asked));
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

    private Refusal replace(ConfigResource resource, AlterConfigsResource asked) {
        SortedMap<String, String> changes = new TreeMap<>();
        for (AlterableConfig config : asked.configs()) {
            if (config.value() == null) {
                return ConfigAlteration.invalid("No value was given for the configuration key " + config.name() + ".");
            }
            if (changes.put(config.name(), config.value()) != null) {
                return ConfigAlteration.invalid("The key " + config.name() + " stands twice for one resource.");
            }
        }
        for (String key : alteration.current(resource).keySet()) {
            changes.putIfAbsent(key, null);
        }
        return alteration.change(resource, changes);
    }
}

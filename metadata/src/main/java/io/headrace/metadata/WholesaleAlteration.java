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
        Refusal ofAll = counts.tooLarge();
        for (AlterConfigsResource asked : request.resources()) {
            Refusal refusal = ofAll != null ? ofAll : replace(asked, counts);
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

    private Refusal replace(AlterConfigsResource asked, ResourceCount counts) {
        if (counts.more(asked.resourceType(), asked.resourceName())) {
            return ConfigAlteration.invalid("A resource can stand only once in the request.");
        }
        Refusal refusal = alteration.refusalOf(asked.resourceType(), asked.resourceName());
        if (refusal != null) {
            return refusal;
        }
        ConfigResource resource =
                new ConfigResource(ConfigResource.Type.forCode(asked.resourceType()), asked.resourceName());
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

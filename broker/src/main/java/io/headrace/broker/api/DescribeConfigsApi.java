package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.ConfigResource;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicNames;
import io.headrace.metadata.config.BrokerConfigs;
import io.headrace.metadata.config.ConfigKey;
import io.headrace.metadata.config.ConfigLayers;
import io.headrace.metadata.config.ConfigSynonym;
import io.headrace.metadata.config.GroupConfigs;
import io.headrace.metadata.config.ResolvedConfig;
import io.headrace.metadata.config.TopicConfigs;
import io.headrace.wire.ErrorCode;
import java.util.List;
import java.util.SortedMap;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsSynonym;

/**
 * DescribeConfigs, versions 1 to 4: every key of a topic, of a group or of this broker with its value, where it comes from, its
 * synonyms (KIP-226) and, from version 3, its type and documentation (KIP-569). Left out: loggers and client metrics,
 * refused with INVALID_REQUEST.
 */
public final class DescribeConfigsApi implements Api {

    private final Node node;

    public DescribeConfigsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        DescribeConfigsRequestData wanted = (DescribeConfigsRequestData) request.body();
        MetadataImage image = node.image();
        DescribeConfigsResponseData response = new DescribeConfigsResponseData();
        for (DescribeConfigsResource resource : wanted.resources()) {
            DescribeConfigsResult result = new DescribeConfigsResult()
                    .setResourceType(resource.resourceType())
                    .setResourceName(resource.resourceName());
            response.results().add(result);
            describe(wanted, resource, image, result);
        }
        request.respond(response);
    }

    private void describe(
            DescribeConfigsRequestData wanted,
            DescribeConfigsResource resource,
            MetadataImage image,
            DescribeConfigsResult result) {
        ConfigLayers layers = image.layersOf(node.id(), node.configLayers());
        switch (ConfigResource.Type.forCode(resource.resourceType())) {
            case TOPIC -> describeTopic(wanted, resource, image, layers, result);
            case BROKER -> describeBroker(wanted, resource, layers, result);
            case null -> fail(result, "there is no resource type " + resource.resourceType());
            case GROUP -> describeGroup(wanted, resource, image, layers, result);
            case BROKER_LOGGER, CLIENT_METRICS ->
                fail(result, "only topics, brokers and groups have configurations that can be described");
        }
    }

    private static void describeTopic(
            DescribeConfigsRequestData wanted,
            DescribeConfigsResource resource,
            MetadataImage image,
            ConfigLayers layers,
            DescribeConfigsResult result) {
        String topic = resource.resourceName();
        String refusal = TopicNames.refusal(topic);
        if (refusal != null) {
            result.setErrorCode(ErrorCode.INVALID_TOPIC_EXCEPTION.code()).setErrorMessage(refusal);
        } else if (image.topic(topic) == null) {
            result.setErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
        } else {
            fill(result, wanted, resource, TopicConfigs.describe(image.configs(ConfigResource.topic(topic)), layers));
        }
    }

    /** Also of a group that does not exist (yet). */
    private static void describeGroup(
            DescribeConfigsRequestData wanted,
            DescribeConfigsResource resource,
            MetadataImage image,
            ConfigLayers layers,
            DescribeConfigsResult result) {
        String group = resource.resourceName();
        if (group.isEmpty()) {
            fail(result, "a group is named by its id, which is not empty");
        } else {
            SortedMap<String, String> own = image.configs(new ConfigResource(ConfigResource.Type.GROUP, group));
            fill(result, wanted, resource, GroupConfigs.describe(own, layers));
        }
    }

    private void describeBroker(
            DescribeConfigsRequestData wanted,
            DescribeConfigsResource resource,
            ConfigLayers layers,
            DescribeConfigsResult result) {
        String name = resource.resourceName();
        if (name.isEmpty()) {
            fill(result, wanted, resource, BrokerConfigs.describeForAll(layers));
        } else if (name.equals(Integer.toString(node.id()))) {
            fill(result, wanted, resource, BrokerConfigs.describe(layers));
        } else {
            fail(result, "this is broker " + node.id() + ", and broker " + name + " was asked for");
        }
    }

    private static void fail(DescribeConfigsResult result, String message) {
        result.setErrorCode(ErrorCode.INVALID_REQUEST.code()).setErrorMessage(message);
    }

    private static void fill(
            DescribeConfigsResult result,
            DescribeConfigsRequestData wanted,
            DescribeConfigsResource resource,
            List<ResolvedConfig> configs) {
        for (ResolvedConfig config : configs) {
            if (wants(resource, config.key())) {
                result.configs().add(describe(config, wanted));
            }
        }
    }

    /** Whoever names no key wants them all. */
    private static boolean wants(DescribeConfigsResource resource, ConfigKey key) {
        List<String> keys = resource.configurationKeys();
        return keys == null || keys.isEmpty() || keys.contains(key.name());
    }

    private static DescribeConfigsResourceResult describe(ResolvedConfig config, DescribeConfigsRequestData wanted) {
        ConfigKey key = config.key();
        DescribeConfigsResourceResult described = new DescribeConfigsResourceResult()
                .setName(key.name())
                .setValue(config.value())
                .setReadOnly(key.readOnly())
                .setIsSensitive(key.sensitive())
                .setConfigSource(config.source().code())
                .setConfigType(key.type().code());
        if (wanted.includeSynonyms()) {
            for (ConfigSynonym synonym : config.synonyms()) {
                described
                        .synonyms()
                        .add(new DescribeConfigsSynonym()
                                .setName(synonym.name())
                                .setValue(synonym.value())
                                .setSource(synonym.source().code()));
            }
        }
        return described.setDocumentation(wanted.includeDocumentation() ? key.description() : null);
    }
}

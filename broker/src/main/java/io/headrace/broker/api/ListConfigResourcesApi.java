package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.BrokerImage;
import io.headrace.metadata.ConfigResource;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.wire.ErrorCode;
import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.common.message.ListConfigResourcesRequestData;
import org.apache.kafka.common.message.ListConfigResourcesResponseData;

/**
 * ListConfigResources, versions 0 and 1 (KIP-1142): all topics and brokers, and the groups for which something has been set.
 * Version 0 asks for client metrics alone (KIP-714), of which there are none.
 */
public final class ListConfigResourcesApi implements Api {

    private static final short FIRST_VERSION_WITH_TYPES = 1;

    private final Node node;

    public ListConfigResourcesApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        ListConfigResourcesRequestData wanted = (ListConfigResourcesRequestData) request.body();
        Set<ConfigResource.Type> types = EnumSet.noneOf(ConfigResource.Type.class);
        for (byte code : wanted.resourceTypes()) {
            ConfigResource.Type type = ConfigResource.Type.forCode(code);
            if (type == null) {
                request.respond(
                        new ListConfigResourcesResponseData().setErrorCode(ErrorCode.UNSUPPORTED_VERSION.code()));
                return;
            }
            types.add(type);
        }
        if (request.version() < FIRST_VERSION_WITH_TYPES) {
            types.add(ConfigResource.Type.CLIENT_METRICS);
        } else if (types.isEmpty()) {
            types = EnumSet.allOf(ConfigResource.Type.class);
        }
        ListConfigResourcesResponseData response = new ListConfigResourcesResponseData();
        for (ConfigResource.Type type : types) {
            list(type, node.image(), response);
        }
        request.respond(response);
    }

    private static void list(ConfigResource.Type type, MetadataImage image, ListConfigResourcesResponseData response) {
        switch (type) {
            case TOPIC -> {
                for (TopicImage topic : image.topics()) {
                    add(type, topic.name(), response);
                }
            }
            case BROKER, BROKER_LOGGER -> {
                for (BrokerImage broker : image.brokers().values()) {
                    add(type, Integer.toString(broker.id()), response);
                }
            }
            case GROUP -> {
                for (ConfigResource resource : image.configs().keySet()) {
                    if (resource.type() == type) {
                        add(type, resource.name(), response);
                    }
                }
            }
            case CLIENT_METRICS -> {}
        }
    }

    private static void add(ConfigResource.Type type, String name, ListConfigResourcesResponseData response) {
        response.configResources()
                .add(new ListConfigResourcesResponseData.ConfigResource()
                        .setResourceType(type.code())
                        .setResourceName(name));
    }
}

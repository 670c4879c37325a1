package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.ApiTable;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.Features;
import io.headrace.metadata.MetadataImage;
import io.headrace.wire.ApiKey;
import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.FinalizedFeatureKey;
import org.apache.kafka.common.message.ApiVersionsResponseData.SupportedFeatureKey;

/**
 * ApiVersions, versions 0 to 5: exactly the APIs of the {@link ApiTable}. A version that is newer than ours is answered in
 * version 0 with UNSUPPORTED_VERSION and the range that we have (KIP-511). A client that means to speak to another cluster
 * or node is told to look for it again (KIP-1242).
 */
public final class ApiVersionsApi implements Api {

    private static final short FIRST_VERSION_WITH_SOFTWARE_NAME = 3;
    private static final short FIRST_VERSION_WITH_NODE_CHECK = 5;
    private static final int ANY_NODE = -1;

    private final Node node;

    public ApiVersionsApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        ApiVersionsRequestData wanted = (ApiVersionsRequestData) request.body();
        ErrorCode error = check(wanted, request.version());
        if (error != ErrorCode.NONE) {
            request.respond(new ApiVersionsResponseData().setErrorCode(error.code()));
            return;
        }
        request.state().clientIs(wanted.clientSoftwareName());
        ApiVersionsResponseData response = new ApiVersionsResponseData();
        for (ApiKey api : ApiKey.values()) {
            if (ApiTable.serves(api)) {
                response.apiKeys().add(range(api));
            }
        }
        addFeatures(response, node.image());
        request.respond(response);
    }

    /** The answer to a version that we do not know, in version 0. */
    public static ApiVersionsResponseData unsupportedVersion() {
        ApiVersionsResponseData response =
                new ApiVersionsResponseData().setErrorCode(ErrorCode.UNSUPPORTED_VERSION.code());
        response.apiKeys().add(range(ApiKey.API_VERSIONS));
        return response;
    }

    private static ApiVersion range(ApiKey api) {
        return new ApiVersion()
                .setApiKey(api.id())
                .setMinVersion(api.lowestAdvertisedVersion())
                .setMaxVersion(api.highestVersion());
    }

    /** Clients speak a protocol only to a cluster that has finalized its feature. Nobody can choose another level. */
    private static void addFeatures(ApiVersionsResponseData response, MetadataImage image) {
        response.setFinalizedFeaturesEpoch(image.offset());
        Features.LEVELS.forEach((name, level) -> addFeature(response, name, level));
    }

    private static void addFeature(ApiVersionsResponseData response, String name, short level) {
        response.supportedFeatures()
                .add(new SupportedFeatureKey()
                        .setName(name)
                        .setMinVersion(level)
                        .setMaxVersion(level));
        response.finalizedFeatures()
                .add(new FinalizedFeatureKey()
                        .setName(name)
                        .setMinVersionLevel(level)
                        .setMaxVersionLevel(level));
    }

    private ErrorCode check(ApiVersionsRequestData wanted, short version) {
        if (version >= FIRST_VERSION_WITH_SOFTWARE_NAME
                && !(isName(wanted.clientSoftwareName()) && isName(wanted.clientSoftwareVersion()))) {
            return ErrorCode.INVALID_REQUEST;
        }
        return version >= FIRST_VERSION_WITH_NODE_CHECK ? checkNode(wanted) : ErrorCode.NONE;
    }

    /** A client names both the cluster and the node that it believes to speak to, or neither (KIP-1242). */
    private ErrorCode checkNode(ApiVersionsRequestData wanted) {
        boolean anyCluster = wanted.clusterId() == null;
        boolean anyNode = wanted.nodeId() == ANY_NODE;
        if (anyCluster != anyNode) {
            return ErrorCode.INVALID_REQUEST;
        }
        boolean found =
                anyCluster || (wanted.clusterId().equals(node.image().clusterId()) && wanted.nodeId() == node.id());
        return found ? ErrorCode.NONE : ErrorCode.REBOOTSTRAP_REQUIRED;
    }

    /** Letters, digits, dots and dashes, beginning and ending with a letter or digit (KIP-511). */
    private static boolean isName(String text) {
        if (text.isEmpty() || isSeparator(text.charAt(0)) || isSeparator(text.charAt(text.length() - 1))) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && !isSeparator(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSeparator(char c) {
        return c == '-' || c == '.';
    }
}

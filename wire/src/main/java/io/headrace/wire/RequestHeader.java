package io.headrace.wire;

/**
 * What stands before the body of every request. The version is the sender's wish and may be one that we lack: then
 * {@link #supported()} is false, the body's layout is unknown, and only ApiVersions gets an answer.
 *
 * @param clientId how the client calls itself, or null
 */
public record RequestHeader(ApiKey api, short version, int correlationId, String clientId) {

    /** Reads the header; an API that does not exist is malformed, since not even the header's length is known then. */
    public static RequestHeader read(ByteReader reader) {
        short id = reader.readShort();
        ApiKey api = ApiKey.forId(id);
        if (api == null) {
            throw new MalformedMessage("no API has the key " + id);
        }
        short version = reader.readShort();
        int correlationId = reader.readInt();
        if (!api.supports(version)) {
            return new RequestHeader(api, version, correlationId, null);
        }
        // Also in the flexible header the client id has kept its two-byte length (KIP-482).
        short clientIdBytes = reader.readShort();
        String clientId = clientIdBytes < 0 ? null : reader.readString(clientIdBytes);
        if (api.requestHeaderVersion(version) >= 2) {
            skipTaggedFields(reader);
        }
        return new RequestHeader(api, version, correlationId, clientId);
    }

    /** Whether the version is one that the table of {@link ApiKey} has. */
    public boolean supported() {
        return api.supports(version);
    }

    private static void skipTaggedFields(ByteReader reader) {
        int count = reader.readUnsignedVarint();
        if (count < 0 || count > Limits.TAGGED_FIELDS) {
            throw new MalformedMessage(count + " tagged fields in a request header");
        }
        for (int i = 0; i < count; i++) {
            reader.readUnsignedVarint();
            reader.readByteBuffer(reader.readUnsignedVarint());
        }
    }
}

package io.headrace.compat.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/** A message as JSON, by the converter that is generated beside its class; fetched records are laid open. */
final class Decoded {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Decoded() {}

    static JsonNode of(ApiMessage message, short version) {
        JsonNode json = converted(message, version);
        if (message instanceof FetchResponseData fetched) {
            layOpen(fetched, json);
        }
        return json;
    }

    private static JsonNode converted(ApiMessage message, short version) {
        Class<?> type = message.getClass();
        try {
            Method write = Class.forName(type.getName() + "JsonConverter").getMethod("write", type, short.class);
            return (JsonNode) write.invoke(null, message, version);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(message + " at version " + version, e);
        }
    }

    private static void layOpen(FetchResponseData fetched, JsonNode json) {
        for (int t = 0; t < fetched.responses().size(); t++) {
            FetchableTopicResponse topic = fetched.responses().get(t);
            for (int p = 0; p < topic.partitions().size(); p++) {
                PartitionData partition = topic.partitions().get(p);
                ObjectNode node = (ObjectNode)
                        json.get("responses").get(t).get("partitions").get(p);
                node.remove("records");
                if (partition.records() != null) {
                    node.set("batches", batches((MemoryRecords) partition.records()));
                }
            }
        }
    }

    private static ArrayNode batches(MemoryRecords records) {
        ArrayNode batches = JSON.arrayNode();
        for (MutableRecordBatch batch : records.batches()) {
            ObjectNode node = batches.addObject();
            node.put("baseOffset", batch.baseOffset());
            node.put("lastOffset", batch.lastOffset());
            node.put("magic", batch.magic());
            node.put("sizeInBytes", batch.sizeInBytes());
            node.put("compression", batch.compressionType().name);
            node.put("timestampType", batch.timestampType().name);
            node.put("maxTimestamp", time(batch, batch.maxTimestamp()));
            node.put("leaderEpoch", batch.partitionLeaderEpoch());
            node.put("producerId", batch.producerId());
            node.put("producerEpoch", batch.producerEpoch());
            node.put("baseSequence", batch.baseSequence());
            node.put("transactional", batch.isTransactional());
            node.put("control", batch.isControlBatch());
            node.put("valid", batch.isValid());
            ArrayNode contents = node.putArray("records");
            batch.forEach(record -> contents.add(record(batch, record)));
        }
        return batches;
    }

    /** As its sender wrote it, or that it is the server's; that it is then the right one is tested elsewhere. */
    private static String time(RecordBatch batch, long timestamp) {
        return batch.timestampType() == TimestampType.CREATE_TIME ? Long.toString(timestamp) : "when appended";
    }

    private static ObjectNode record(RecordBatch batch, Record record) {
        ObjectNode node = JSON.objectNode();
        node.put("offset", record.offset());
        node.put("timestamp", time(batch, record.timestamp()));
        node.put("key", text(record.key()));
        node.put("value", text(record.value()));
        for (Header header : record.headers()) {
            node.put("header " + header.key(), text(header.value() == null ? null : ByteBuffer.wrap(header.value())));
        }
        return node;
    }

    private static String text(ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        String text = new String(copy, StandardCharsets.UTF_8);
        return text.chars().allMatch(c -> c >= ' ' && c < 127)
                ? text
                : Base64.getEncoder().encodeToString(copy);
    }
}

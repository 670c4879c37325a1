package io.headrace.broker.produce;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.PartitionRef;
import io.headrace.broker.Request;
import io.headrace.broker.Scatter;
import io.headrace.broker.transaction.TransactionVerifier;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.replication.Acks;
import io.headrace.runtime.Shard;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponseCollection;

/**
 * Produce, versions 3 to 13: magic 2 batches, idempotence, acks 0, 1 and all, topic ids from version 13 (KIP-516), errors
 * of single records (KIP-467). The next produce of the connection is let in as soon as every partition has placed its
 * part. A transactional batch that begins a transaction in its partition is verified with the coordinator first; from
 * version 12 on it adds the partition (KIP-890).
 */
public final class ProduceApi implements Api {

    private static final String ADMIN_CLIENT_ID = "__admin_client";

    /** To check and write so much takes about as long as waking another thread and being woken by it. */
    private static final int BRIEF_APPEND_BYTES = 64 << 10;

    private final Node node;
    private final TransactionVerifier verifier;

    public ProduceApi(Node node) {
        this.node = node;
        this.verifier = new TransactionVerifier(node.transactions());
    }

    @Override
    public void handle(Request request) {
        ProduceRequestData produce = (ProduceRequestData) request.body();
        MetadataImage image = node.image();
        List<ProducePart> parts = parts(produce, image, mayWriteInternal(request));
        boolean transactional = parts.stream().anyMatch(part -> part.transactionalBatch() != null);
        boolean lasting = transactional || leavesTheShard(parts, request.shard());
        if (lasting) {
            parts.forEach(part -> part.retain(request));
        }
        Acks acks = Acks.forCode(produce.acks());
        if (acks == null) {
            refuseAll(parts, ErrorCode.INVALID_REQUIRED_ACKS, "acks is " + produce.acks() + "; it can be 0, 1 or -1");
        } else if (transactional && produce.transactionalId() == null) {
            refuseAll(parts, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, null);
        }
        append(request, acks, parts, lasting);
    }

    /** The frame's bytes are for this shard and this call only, unless it is retained. */
    private boolean leavesTheShard(List<ProducePart> parts, Shard shard) {
        for (ProducePart part : parts) {
            if (part.ref() != null && node.partitions().shardOf(part.ref()) != shard) {
                return true;
            }
        }
        return false;
    }

    private void append(Request request, Acks acks, List<ProducePart> parts, boolean lasting) {
        List<ProducePart> accepted = new ArrayList<>(parts.size());
        List<PartitionRef> refs = new ArrayList<>(parts.size());
        for (ProducePart part : parts) {
            if (part.answer() == null) {
                accepted.add(part);
                refs.add(part.ref());
            }
        }
        Placing placing = new Placing(request, accepted.size());
        Scatter.<PartitionProduceResponse>ask(
                node.partitions(),
                request.shard(),
                refs,
                effort(accepted),
                (index, partition, answer) -> new PartAppend(
                                request, accepted.get(index), acks, partition, lasting, placing, answer)
                        .offer(node.partitions().shardOf(refs.get(index)), verifier),
                answers -> {
                    for (int i = 0; i < answers.size(); i++) {
                        PartitionProduceResponse given = answers.get(i);
                        accepted.get(i).answered(given);
                        if (given == null) {
                            placing.placed();
                        }
                    }
                    finish(request, acks, parts);
                });
    }

    private static Scatter.Effort effort(List<ProducePart> parts) {
        long bytes = 0;
        for (ProducePart part : parts) {
            bytes += part.batches().remaining();
        }
        return bytes <= BRIEF_APPEND_BYTES ? Scatter.Effort.BRIEF : Scatter.Effort.LONG;
    }

    private static void refuseAll(List<ProducePart> parts, ErrorCode error, String message) {
        for (ProducePart part : parts) {
            part.refuse(error, message);
        }
    }

    /** Kafka lets a client of that name through, and its tools rely on it. */
    private static boolean mayWriteInternal(Request request) {
        return ADMIN_CLIENT_ID.equals(request.clientId());
    }

    private static List<ProducePart> parts(ProduceRequestData produce, MetadataImage image, boolean internalToo) {
        List<ProducePart> parts = new ArrayList<>();
        int topicIndex = 0;
        for (TopicProduceData topic : produce.topicData()) {
            boolean byId = !topic.topicId().equals(Uuid.ZERO_UUID);
            TopicImage known = byId ? image.topic(topic.topicId()) : image.topic(topic.name());
            for (PartitionProduceData data : topic.partitionData()) {
                ProducePart part = new ProducePart(topicIndex, topic, data);
                parts.add(part);
                if (known == null) {
                    ErrorCode error = byId ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
                    part.refuse(error, null);
                } else if (known.partition(data.index()) == null) {
                    part.refuse(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null);
                } else if (known.internal() && !internalToo) {
                    part.refuse(ErrorCode.INVALID_TOPIC_EXCEPTION, known.name() + " is the broker's own topic");
                } else if (part.batches() == null) {
                    part.refuse(ErrorCode.INVALID_RECORD, "there are no records");
                } else {
                    part.goesTo(new PartitionRef(known.id(), data.index()));
                }
            }
            topicIndex++;
        }
        return parts;
    }

    private static void finish(Request request, Acks acks, List<ProducePart> parts) {
        if (acks == Acks.NONE) {
            finishUnanswered(request, parts);
            return;
        }
        TopicProduceResponseCollection topics = new TopicProduceResponseCollection(parts.size());
        int topicIndex = -1;
        TopicProduceResponse response = null;
        for (ProducePart part : parts) {
            if (part.topicIndex() != topicIndex) {
                topicIndex = part.topicIndex();
                response = new TopicProduceResponse()
                        .setName(part.topic().name())
                        .setTopicId(part.topic().topicId());
                topics.add(response);
            }
            response.partitionResponses().add(part.answer());
        }
        request.respond(new ProduceResponseData().setResponses(topics));
    }

    /** With acks=0 the only way to tell a producer that something went wrong is to hang up, so that it asks for metadata. */
    private static void finishUnanswered(Request request, List<ProducePart> parts) {
        for (ProducePart part : parts) {
            if (part.answer().errorCode() != ErrorCode.NONE.code()) {
                request.hangUp(
                        "a produce with acks=0 failed for " + part.topic().name() + "-" + part.index() + ": "
                                + ErrorCode.forCode(part.answer().errorCode()));
                return;
            }
        }
        request.finishWithoutResponse();
    }
}

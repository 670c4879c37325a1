package io.headrace.metadata;

import java.util.List;
import org.apache.kafka.common.protocol.ApiMessage;

/** From one committed image to the next. The records, in their order, say what is different. */
public record MetadataChange(MetadataImage before, MetadataImage after, List<ApiMessage> records) {}

package io.headrace.metadata.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.log.LogConfig;
import io.headrace.wire.CompressionCodec;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicConfigsTest {

    @Test
    void nothingSetGivesKafkasDefaults() {
        assertThat(TopicConfigs.effective(Map.of(), ConfigLayers.NONE)).isEqualTo(EffectiveTopicConfig.DEFAULTS);
        assertThat(EffectiveTopicConfig.DEFAULTS.forLog(BrokerConfig.DEFAULTS.producerIdExpirationMs()))
                .isEqualTo(LogConfig.defaults());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.headrace.metadata.config.RandomSettings#seeds")
    void theTypedValuesAreThoseThatAreReported(long seed) {
        Random random = new Random(seed);
        Map<String, String> overrides = RandomSettings.ofTopic(random);
        ConfigLayers broker = RandomSettings.ofBroker(random);

        EffectiveTopicConfig typed = TopicConfigs.effective(overrides, broker);

        Map<String, String> reported = new TreeMap<>();
        for (ResolvedConfig config : TopicConfigs.describe(overrides, broker)) {
            reported.put(config.key().name(), config.value());
        }
        assertThat(reported).containsAllEntriesOf(texts(typed));
    }

    private static Map<String, String> texts(EffectiveTopicConfig typed) {
        Map<String, String> texts = new TreeMap<>();
        texts.put("cleanup.policy", typed.deletesOldSegments() ? "delete" : "");
        texts.put("min.compaction.lag.ms", "" + typed.minCompactionLagMs());
        texts.put("max.compaction.lag.ms", "" + typed.maxCompactionLagMs());
        texts.put("min.cleanable.dirty.ratio", "" + typed.minCleanableDirtyRatio());
        texts.put("delete.retention.ms", "" + typed.deleteRetentionMs());
        texts.put("compression.type", typed.compressionType());
        texts.put("compression.gzip.level", "" + typed.compressionGzipLevel());
        texts.put("compression.lz4.level", "" + typed.compressionLz4Level());
        texts.put("compression.zstd.level", "" + typed.compressionZstdLevel());
        texts.put("retention.ms", "" + typed.retentionMs());
        texts.put("retention.bytes", "" + typed.retentionBytes());
        texts.put("segment.bytes", "" + typed.segmentBytes());
        texts.put("segment.ms", "" + typed.segmentMs());
        texts.put("segment.jitter.ms", "" + typed.segmentJitterMs());
        texts.put("segment.index.bytes", "" + typed.segmentIndexBytes());
        texts.put("index.interval.bytes", "" + typed.indexIntervalBytes());
        texts.put("max.message.bytes", "" + typed.maxMessageBytes());
        texts.put("max.decompressed.message.bytes", "" + typed.maxDecompressedMessageBytes());
        texts.put("message.timestamp.type", typed.logAppendTime() ? "LogAppendTime" : "CreateTime");
        texts.put("message.timestamp.before.max.ms", "" + typed.messageTimestampBeforeMaxMs());
        texts.put("message.timestamp.after.max.ms", "" + typed.messageTimestampAfterMaxMs());
        texts.put("file.delete.delay.ms", "" + typed.fileDeleteDelayMs());
        return texts;
    }

    @Test
    void everyHonouredKeyOfATopicIsTypedOrComesByItself() {
        for (ConfigKey key : ConfigCatalog.topics().keys()) {
            boolean typed = texts(EffectiveTopicConfig.DEFAULTS).containsKey(key.name());
            assertThat(typed || key.support().note() != null).as(key.name()).isTrue();
        }
    }

    @Test
    void theLogGetsTheLevelOfTheCodecThatItCompressesWith() {
        EffectiveTopicConfig config = TopicConfigs.effective(
                Map.of("compression.type", "zstd", "compression.zstd.level", "-5"), ConfigLayers.NONE);

        LogConfig log = config.forLog(1);

        assertThat(log.compression()).isEqualTo(CompressionCodec.ZSTD);
        assertThat(log.compressionLevel()).isEqualTo(-5);
    }

    @Test
    void anUnknownKeyIsRefusedWithTheOneThatWasMeant() {
        assertThat(TopicConfigs.refusal(Map.of("retention.sm", "1"), ConfigLayers.NONE))
                .isEqualTo("retention.sm is no configuration key; did you mean retention.ms?");
        assertThat(TopicConfigs.refusal(Map.of("colour", "blue"), ConfigLayers.NONE))
                .isEqualTo("colour is no configuration key.");
    }

    @Test
    void aBadValueAmongGoodOnesRefusesTheChange() {
        assertThat(TopicConfigs.refusal(
                        new TreeMap<>(Map.of("retention.ms", "1", "segment.ms", "0")), ConfigLayers.NONE))
                .isEqualTo("segment.ms=0 is refused: it takes a whole number of at least 1 that fits 64 bits.");
    }

    @Test
    void theLagsBeforeCompactionMustNotCross() {
        Map<String, String> topic = Map.of("min.compaction.lag.ms", "11");
        ConfigLayers broker = ConfigLayers.ofFile(Map.of("log.cleaner.max.compaction.lag.ms", "10"));

        assertThat(TopicConfigs.refusal(topic, broker))
                .isEqualTo("min.compaction.lag.ms=11 is refused: it is above log.cleaner.max.compaction.lag.ms=10.");
        assertThat(TopicConfigs.refusal(topic, ConfigLayers.NONE)).isNull();
    }

    @Test
    void millisecondsGoBeforeMinutesAndMinutesBeforeHours() {
        ConfigLayers hours = ConfigLayers.ofFile(Map.of("log.retention.hours", "2"));
        ConfigLayers minutes = ConfigLayers.ofFile(Map.of("log.retention.hours", "2", "log.retention.minutes", "3"));
        ConfigLayers ms = minutes.withDynamic(Map.of(), Map.of("log.retention.ms", "4"));

        assertThat(TopicConfigs.effective(Map.of(), hours).retentionMs()).isEqualTo(7_200_000);
        assertThat(TopicConfigs.effective(Map.of(), minutes).retentionMs()).isEqualTo(180_000);
        assertThat(TopicConfigs.effective(Map.of(), ms).retentionMs()).isEqualTo(4);
    }

    @Test
    void oneBrokersValueGoesBeforeThatOfAllAndBothBeforeTheFile() {
        ConfigLayers file = ConfigLayers.ofFile(Map.of("log.segment.bytes", "1048577"));
        ConfigLayers all = file.withDynamic(Map.of(), Map.of("log.segment.bytes", "1048578"));
        ConfigLayers one =
                file.withDynamic(Map.of("log.segment.bytes", "1048579"), Map.of("log.segment.bytes", "1048578"));

        assertThat(TopicConfigs.effective(Map.of(), file).segmentBytes()).isEqualTo(1_048_577);
        assertThat(TopicConfigs.effective(Map.of(), all).segmentBytes()).isEqualTo(1_048_578);
        assertThat(TopicConfigs.effective(Map.of(), one).segmentBytes()).isEqualTo(1_048_579);
    }
}

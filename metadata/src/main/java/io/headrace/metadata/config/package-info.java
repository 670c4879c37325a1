/**
 * Every topic and broker configuration key as data. {@link io.headrace.metadata.config.ConfigCatalog} reads the keys
 * from two resource files; {@link io.headrace.metadata.config.ConfigKey#check} judges one value, and
 * {@link io.headrace.metadata.config.TopicConfigs#refusal}, {@link io.headrace.metadata.config.BrokerConfigs#refusal}
 * and {@link io.headrace.metadata.config.BrokerConfigs#refusals} judge a change or a file.
 * {@link io.headrace.metadata.config.ConfigLayers} stacks what was set where; {@code describe} and {@code resolve} say
 * which value holds, where it comes from and what stands behind it, as DescribeConfigs reports it.
 *
 * <p>The typed values that the broker works with are {@link io.headrace.metadata.config.EffectiveTopicConfig} and
 * {@link io.headrace.metadata.config.BrokerConfig}. They know their keys and defaults by themselves, so that a start
 * does not read the catalogue; tests hold the two together.
 *
 * <p>A listed key is honoured, or fixed at its default and refused otherwise; one about what a
 * single node does not have is ignored, and that is said.
 */
package io.headrace.metadata.config;

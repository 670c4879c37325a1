/**
 * Every topic and broker configuration key as data. {@link io.headrace.metadata.config.ConfigCatalog} reads the keys
 * from two resource files; {@link io.headrace.metadata.config.ConfigKey#check} judges a value;
 * {@link io.headrace.metadata.config.ConfigLayers} stacks what was set where, and
 * {@link io.headrace.metadata.config.TopicConfigs} and {@link io.headrace.metadata.config.BrokerConfigs} say which
 * value holds, where it comes from and what stands behind it, as DescribeConfigs reports it. The typed values that the
 * broker works with are {@link io.headrace.metadata.config.EffectiveTopicConfig} and
 * {@link io.headrace.metadata.config.BrokerConfig}.
 *
 * <p>A listed key is honoured, or fixed at its default and refused otherwise; nothing is accepted and ignored.
 */
package io.headrace.metadata.config;

// kafkajs: administers a topic and produces to it; whoever called reads it.
//
// usage: node producer.js BOOTSTRAP TOPIC COUNT
const assert = require('node:assert');
const { CompressionTypes, ConfigResourceTypes, Kafka, logLevel } = require('kafkajs');

const [bootstrap, topic, count] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const kafka = new Kafka({ brokers: [bootstrap], logLevel: logLevel.ERROR });

const messages = (prefix, from, to) =>
    Array.from({ length: to - from }, (_, i) => ({
        key: `k${from + i}`,
        value: `${prefix}-${from + i}`,
        headers: { n: `${from + i}` },
        partition: 0,
    }));

async function administer(admin) {
    assert.equal(await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true }), true);
    assert.ok((await admin.listTopics()).includes(topic));
    await admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] });
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    assert.equal(topics[0].partitions.length, 2);
    const { brokers, clusterId } = await admin.describeCluster();
    assert.equal(brokers.length, 1);
    assert.ok(clusterId);
    await admin.alterConfigs({
        validateOnly: false,
        resources: [{
            type: ConfigResourceTypes.TOPIC,
            name: topic,
            configEntries: [{ name: 'max.message.bytes', value: '500000' }],
        }],
    });
    const { resources } = await admin.describeConfigs({
        includeSynonyms: true,
        resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
    });
    const configured = resources[0].configEntries.find(entry => entry.configName === 'max.message.bytes');
    assert.equal(configured.configValue, '500000');
}

async function produce(idempotent, compression, from, to) {
    const producer = kafka.producer({ idempotent, maxInFlightRequests: 1, allowAutoTopicCreation: false });
    await producer.connect();
    for (let next = from; next < to; next += 50) {
        const acks = -1;
        await producer.send({ topic, acks, compression, messages: messages('value', next, Math.min(next + 50, to)) });
    }
    await producer.disconnect();
}

async function main() {
    const admin = kafka.admin();
    await admin.connect();
    await administer(admin);
    await produce(false, CompressionTypes.None, 0, count / 2);
    await produce(true, CompressionTypes.GZIP, count / 2, count);
    const offsets = await admin.fetchTopicOffsets(topic);
    const first = offsets.find(offset => offset.partition === 0);
    assert.deepEqual([first.low, first.high], ['0', `${count}`]);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '10' }] });
    assert.equal((await admin.fetchTopicOffsets(topic)).find(offset => offset.partition === 0).low, '10');
    await admin.disconnect();
    console.log(`${count} messages`);
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});

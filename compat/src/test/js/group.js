// kafkajs: reads some messages of a topic in a group, and prints their values.
//
// usage: node group.js BOOTSTRAP TOPIC COUNT
const { Kafka, logLevel } = require('kafkajs');

const [bootstrap, topic, count] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const kafka = new Kafka({ brokers: [bootstrap], logLevel: logLevel.ERROR });
const consumer = kafka.consumer({ groupId: `readers of ${topic}` });

async function main() {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    let left = count;
    await new Promise((resolve, reject) => {
        consumer.on(consumer.events.CRASH, event => reject(event.payload.error));
        consumer.on(consumer.events.COMMIT_OFFSETS, () => left === 0 && resolve());
        consumer.run({
            eachMessage: async ({ message }) => {
                console.log(message.value.toString());
                left -= 1;
            },
        }).catch(reject);
    });
    await consumer.disconnect();
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});

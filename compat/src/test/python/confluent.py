"""librdkafka through confluent-kafka: produces to one partition of a topic and reads it back.

usage: confluent.py BOOTSTRAP TOPIC COMPRESSION COUNT
"""
import sys

from confluent_kafka import Consumer, Producer, TopicPartition, OFFSET_BEGINNING
from confluent_kafka.admin import AdminClient, NewTopic

bootstrap, topic, compression, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])

admin = AdminClient({"bootstrap.servers": bootstrap})
admin.create_topics([NewTopic(topic, 2, 1)])[topic].result(30)
metadata = admin.list_topics(topic, timeout=30)
assert len(metadata.topics[topic].partitions) == 2, metadata.topics[topic].partitions

delivered = []


def on_delivery(error, message):
    assert error is None, error
    delivered.append(message.offset())


producer = Producer({
    "bootstrap.servers": bootstrap,
    "compression.type": compression,
    "enable.idempotence": True,
    "linger.ms": 5,
})
for i in range(count):
    producer.produce(topic, partition=1, key="k%d" % i, value="value-%d" % i, headers={"n": str(i)},
                     on_delivery=on_delivery)
    producer.poll(0)
left = producer.flush(60)
assert left == 0, "%d messages were not delivered" % left
assert delivered == list(range(count)), delivered[:10]

consumer = Consumer({
    "bootstrap.servers": bootstrap,
    "group.id": "not-used",
    "enable.auto.commit": False,
    "auto.offset.reset": "earliest",
})
assert consumer.get_watermark_offsets(TopicPartition(topic, 1), timeout=30) == (0, count)
consumer.assign([TopicPartition(topic, 1, OFFSET_BEGINNING)])
read = 0
while read < count:
    message = consumer.poll(30)
    assert message is not None, "nothing came after %d messages" % read
    assert message.error() is None, message.error()
    assert message.offset() == read
    assert message.key() == b"k%d" % read
    assert message.value() == b"value-%d" % read
    assert message.headers() == [("n", b"%d" % read)]
    read += 1
consumer.close()
print("%d messages" % read)

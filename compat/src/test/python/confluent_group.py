"""librdkafka through confluent-kafka: reads some records of a topic in a group, commits them and leaves.

usage: confluent_group.py BOOTSTRAP TOPIC COUNT
"""
import sys

from confluent_kafka import Consumer

bootstrap, topic, count = sys.argv[1], sys.argv[2], int(sys.argv[3])

consumer = Consumer({
    "bootstrap.servers": bootstrap,
    "group.id": "readers of " + topic,
    "enable.auto.commit": False,
    "auto.offset.reset": "earliest",
})
consumer.subscribe([topic])
for read in range(count):
    message = consumer.poll(30)
    assert message is not None, "nothing came after %d messages" % read
    assert message.error() is None, message.error()
    print(message.value().decode())
    consumer.commit(message, asynchronous=False)
consumer.close()

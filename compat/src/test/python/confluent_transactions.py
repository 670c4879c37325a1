"""librdkafka through confluent-kafka, which speaks the first transaction protocol: commits, aborts, and carries offsets along.

usage: confluent_transactions.py BOOTSTRAP TOPIC
"""
import sys

from confluent_kafka import Consumer, Producer, TopicPartition, OFFSET_BEGINNING
from confluent_kafka.admin import AdminClient, NewTopic

bootstrap, topic = sys.argv[1], sys.argv[2]

admin = AdminClient({"bootstrap.servers": bootstrap})
admin.create_topics([NewTopic(topic, 2, 1)])[topic].result(30)

producer = Producer({"bootstrap.servers": bootstrap, "transactional.id": topic})
producer.init_transactions(30)
committed = []
for i in range(12):
    producer.begin_transaction()
    for partition in range(2):
        producer.produce(topic, partition=partition, value="value-%d" % i)
    if i % 3 == 2:
        producer.flush(30)
        producer.abort_transaction(30)
    else:
        producer.commit_transaction(30)
        committed.append("value-%d" % i)

consumer = Consumer({
    "bootstrap.servers": bootstrap,
    "group.id": topic,
    "enable.auto.commit": False,
    "auto.offset.reset": "earliest",
    "isolation.level": "read_committed",
})
for partition in range(2):
    consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING)])
    values = []
    while len(values) < len(committed):
        message = consumer.poll(30)
        assert message is not None, "nothing came after %s" % values
        assert message.error() is None, message.error()
        values.append(message.value().decode())
    assert values == committed, values

for commit in (False, True):
    producer.begin_transaction()
    producer.produce(topic, partition=0, value="with-offsets")
    producer.send_offsets_to_transaction([TopicPartition(topic, 1, 7)], consumer.consumer_group_metadata(), 30)
    if commit:
        producer.commit_transaction(30)
    else:
        producer.flush(30)
        producer.abort_transaction(30)
    offset = consumer.committed([TopicPartition(topic, 1)], 30)[0].offset
    assert (offset == 7) == commit, offset
consumer.close()
print("%d committed" % len(committed))

"""kafka-python, which is written in Python alone: produces to one partition of a topic and reads it back.

usage: pure.py BOOTSTRAP TOPIC COMPRESSION COUNT
"""
import sys

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

bootstrap, topic, compression, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])

producer = KafkaProducer(
    bootstrap_servers=bootstrap,
    compression_type=None if compression == "none" else compression,
    acks="all",
    linger_ms=5)
sent = [producer.send(topic, partition=0, key=b"k%d" % i, value=b"value-%d" % i, headers=[("n", b"%d" % i)])
        for i in range(count)]
producer.flush(60)
assert [future.get(60).offset for future in sent] == list(range(count))
producer.close()

consumer = KafkaConsumer(
    bootstrap_servers=bootstrap,
    group_id=None,
    enable_auto_commit=False,
    auto_offset_reset="earliest",
    consumer_timeout_ms=30000)
partition = TopicPartition(topic, 0)
consumer.assign([partition])
assert consumer.beginning_offsets([partition]) == {partition: 0}
assert consumer.end_offsets([partition]) == {partition: count}
read = 0
for message in consumer:
    assert message.offset == read
    assert message.key == b"k%d" % read
    assert message.value == b"value-%d" % read
    assert message.headers == [("n", b"%d" % read)]
    read += 1
    if read == count:
        break
assert read == count, "%d of %d messages" % (read, count)
consumer.close()
print("%d messages" % read)

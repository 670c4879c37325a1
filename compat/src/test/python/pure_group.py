"""kafka-python: reads some records of a topic in a group, commits them and leaves.

usage: pure_group.py BOOTSTRAP TOPIC COUNT
"""
import sys

from kafka import KafkaConsumer

bootstrap, topic, count = sys.argv[1], sys.argv[2], int(sys.argv[3])

consumer = KafkaConsumer(
    topic,
    bootstrap_servers=bootstrap,
    group_id="readers-of-" + topic,
    enable_auto_commit=False,
    auto_offset_reset="earliest",
    max_poll_records=1,
    consumer_timeout_ms=30000,
)
for read in range(count):
    print(next(consumer).value.decode())
consumer.commit()
consumer.close()

package io.headrace.app.cli;

import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A topic, or some of its partitions; none stands for all. Written {@code orders} or {@code orders:0,3}. */
record TopicScope(String topic, Set<Integer> partitions) {

    boolean holds(TopicPartition partition) {
        return partition.topic().equals(topic) && (partitions.isEmpty() || partitions.contains(partition.partition()));
    }

    static final class Converter implements ITypeConverter<TopicScope> {

        @Override
        public TopicScope convert(String text) {
            int colon = text.indexOf(':');
            if (colon < 0) {
                return new TopicScope(text, Set.of());
            }
            Set<Integer> partitions = new TreeSet<>();
            for (String number : text.substring(colon + 1).split(",", -1)) {
                if (!number.matches("[0-9]{1,9}")) {
                    throw new TypeConversionException("'" + text + "' is neither like orders nor like orders:0,3");
                }
                partitions.add(Integer.valueOf(number));
            }
            return new TopicScope(text.substring(0, colon), partitions);
        }
    }
}

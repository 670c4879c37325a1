package io.headrace.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every request of a long conversation is answered with the errors that Apache Kafka 4.4.0 gave: the file holds what a
 * Kafka of one node answered to the same requests in the same order, without its messages. The order of the elements
 * within an answer is not compared, since Kafka's is that of a hash map.
 */
final class KafkaAnswersTest {

    /** Kafka takes a key that it does not know for one of a plug-in; here there are none, so it is a mistake. */
    private static final List<String> REFUSED_HERE =
            List.of("alter broker/1{no.such.key=1}", "alter broker/{no.such.key=1}");

    private record Exchange(String request, List<String> answers) {}

    @TestFactory
    List<DynamicTest> anAnswerHasTheErrorsThatKafkaGives() {
        TestController controller = new TestController();
        List<DynamicTest> tests = new ArrayList<>();
        for (Exchange exchange : exchanges()) {
            tests.add(DynamicTest.dynamicTest(exchange.request(), () -> {
                List<String> answers = withoutMessages(controller.ask(exchange.request()));
                if (REFUSED_HERE.contains(exchange.request())) {
                    assertThat(answers).allMatch(answer -> answer.endsWith(" INVALID_REQUEST"));
                } else {
                    assertThat(answers).containsExactlyInAnyOrderElementsOf(exchange.answers());
                }
            }));
        }
        return tests;
    }

    private static List<Exchange> exchanges() {
        List<Exchange> exchanges = new ArrayList<>();
        for (String line : Resources.lines("kafka-4.4-answers.txt")) {
            if (line.startsWith("> ")) {
                exchanges.add(new Exchange(line.substring(2), new ArrayList<>()));
            } else if (line.startsWith("  ")) {
                exchanges.getLast().answers().add(line.trim());
            }
        }
        return exchanges;
    }

    private static List<String> withoutMessages(List<String> answers) {
        List<String> bare = new ArrayList<>();
        for (String answer : answers) {
            int dash = answer.indexOf(" - ");
            bare.add(dash < 0 ? answer : answer.substring(0, dash));
        }
        return bare;
    }
}

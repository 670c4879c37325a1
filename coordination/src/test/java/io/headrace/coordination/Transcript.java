package io.headrace.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * What happened to a coordinator and what came of it: lines that begin with {@code >} are what happens, the lines below one
 * are what it led to.
 */
public final class Transcript {

    /**
     * One of the sentences that can stand behind {@code >}, and what it means.
     *
     * @param <S> whom it happens to
     */
    public record Rule<S>(Pattern pattern, Handler<S> handler) {

        public static <S> Rule<S> of(String pattern, Handler<S> handler) {
            return new Rule<>(Pattern.compile(pattern), handler);
        }
    }

    @FunctionalInterface
    public interface Handler<S> {
        void play(S script, Matcher command);
    }

    private final Map<Long, Function<ApiMessage, String>> readers = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    /**
     * Plays what happens in the expected transcript, and compares it with the one that this makes.
     *
     * @param rules of which the first that fits a sentence is its meaning
     * @param afterEach lets go what a sentence has led to
     */
    public <S> void check(String expected, List<Rule<S>> rules, S script, Runnable afterEach) {
        expected.lines().filter(line -> line.startsWith(">")).forEach(line -> {
            add(line);
            play(line, rules, script);
            afterEach.run();
        });
        assertThat(text.toString()).isEqualTo(expected);
    }

    private static <S> void play(String line, List<Rule<S>> rules, S script) {
        String command = line.substring(1).trim();
        for (Rule<S> rule : rules) {
            Matcher matcher = rule.pattern().matcher(command);
            if (matcher.matches()) {
                rule.handler().play(script, matcher);
                return;
            }
        }
        throw new AssertionError("not understood: " + line);
    }

    /** Writes down what a ticket will be answered, in the reader's words. */
    public void expect(long ticket, Function<ApiMessage, String> reader) {
        readers.put(ticket, reader);
    }

    public void answered(long ticket, ApiMessage response) {
        add(readers.remove(ticket).apply(response));
    }

    /** @param lines none if it is empty */
    public void add(String lines) {
        lines.lines().forEach(line -> text.append(line).append('\n'));
    }
}

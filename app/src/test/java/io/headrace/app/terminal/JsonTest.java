package io.headrace.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.app.terminal.JsonLine.Malformed;
import io.headrace.app.terminal.JsonLine.Raw;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void writesWhatEveryReaderUnderstands() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", "a \"b\" \\ \n \u0001 \u00e4");
        object.put("number", 12);
        object.put("none", null);
        object.put("list", List.of(true, "x"));

        assertThat(JsonText.of(object)).isEqualTo("""
                        {"text":"a \\"b\\" \\\\ \\n \\u0001 ä","number":12,"none":null,"list":[true,"x"]}""");
    }

    @Test
    void readsFieldsAndKeepsNestedOnesAsWritten() throws Malformed {
        Object read = JsonLine.parse("""
                 { "a" : "x\\u00e4\\ud83d\\ude00\\/", "b":null,"c": {"d" : [1, 2]} , "e":-1.50e+3, "f":[] , "g":true}""");

        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("a", "xä\ud83d\ude00/");
        expected.put("b", null);
        expected.put("c", new Raw("{\"d\" : [1, 2]}"));
        expected.put("e", new Raw("-1.50e+3"));
        expected.put("f", new Raw("[]"));
        expected.put("g", new Raw("true"));
        assertThat(read).isEqualTo(expected);
        assertThat(((Raw) expected.get("c")).parse()).isEqualTo(Map.of("d", new Raw("[1, 2]")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}x",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "[1,]",
                "[1 2]",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "01",
                "1.",
                "-",
                "1e",
                "+1",
                ".5",
                "tru",
                "nul",
                "'a'",
                "{\"a\":\"\n\"}",
                "\"\\u12",
                "\"\\"
            })
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> JsonLine.parse(text)).isInstanceOf(Malformed.class);
    }

    @Test
    void aTowerOfBracketsIsRefusedBeforeTheStackIsFull() {
        assertThatThrownBy(() -> JsonLine.parse("[".repeat(1_000_000)))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("within each other");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsWrittenIsReadAgain(long seed) throws Malformed {
        Random random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                object.put(randomText(random), random.nextInt(5) == 0 ? null : randomText(random));
            }
            assertThat(JsonLine.parse(JsonText.of(object))).isEqualTo(object);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void anyTextIsReadOrRefused(long seed) {
        Random random = new Random(seed);
        String letters = "{}[]\",:\\ux01-.eE truefalsn";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder("{\"");
            for (int i = random.nextInt(20); i >= 0; i--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            List<Object> outcome = new ArrayList<>();
            try {
                outcome.add(JsonLine.parse(text.toString()));
            } catch (Malformed refused) {
                outcome.add(refused.getMessage());
            }
            assertThat(outcome).as(text.toString()).hasSize(1);
        }
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0xd800)));
        }
        return text.toString();
    }
}

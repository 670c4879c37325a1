package io.headrace.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.app.server.PlainStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class StartCommandTest {

    private static final List<String> WORDS = List.of(
            "--data",
            "--data=d",
            "--data=",
            "--port",
            "--port=0",
            "--port=65536",
            "--config",
            "--config=c=d",
            "--set",
            "--set=a=b",
            "--set=a=",
            "--set=a",
            "--set==b",
            "--set=a=b=c",
            "0",
            "9092",
            "65535",
            "65536",
            "-1",
            "09092",
            "d",
            "a=b",
            "a=",
            "=b",
            "a==b",
            "a=c",
            "",
            "-",
            "--",
            "--help",
            "-h",
            "--prot",
            "start",
            "@f",
            "--data =x");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start",
                "start --port 0",
                "start --port=19092 --data=/d",
                "start --data /d --port 9092 --config f --set a=b --set c=d=e",
            })
    void aPlainStartNeedsNoPicocli(String line) {
        String[] arguments = line.split(" ", -1);

        assertThat(PlainStart.parse(arguments)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "version",
                "start --help",
                "start -h",
                "start --port",
                "start --port x",
                "start --port 65536",
                "start --data a --data b",
                "start --set a",
                "start --set a=b --set a=c",
                "start --prot 1",
                "start x"
            })
    void everythingElseIsLeftToPicocli(String line) {
        assertThat(PlainStart.parse(line.split(" ", -1))).isNull();
    }

    @Test
    void noWordsAreNoStart() {
        assertThat(PlainStart.parse(new String[0])).isNull();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatThePlainFormUnderstandsPicocliUnderstandsTheSame(long seed) {
        Random random = new Random(seed);
        int plain = 0;
        for (int round = 0; round < 300; round++) {
            List<String> arguments = new ArrayList<>(List.of("start"));
            for (int i = random.nextInt(7); i > 0; i--) {
                arguments.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            String[] array = arguments.toArray(String[]::new);
            if (PlainStart.parse(array) != null) {
                plain++;
                assertThat(PlainStart.parse(array)).as(arguments.toString()).isEqualTo(byPicocli(array));
            }
        }
        assertThat(plain).isGreaterThan(30);
    }

    private static Object byPicocli(String[] arguments) {
        StartCommand start = new StartCommand();
        try {
            new CommandLine(start).parseArgs(Arrays.copyOfRange(arguments, 1, arguments.length));
            return start.options();
        } catch (ParameterException refused) {
            return Arrays.toString(arguments) + ": " + refused.getMessage();
        }
    }
}

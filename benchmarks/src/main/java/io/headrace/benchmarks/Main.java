package io.headrace.benchmarks;

import io.headrace.benchmarks.flush.FlushBench;
import java.util.Arrays;

/** {@code ./dev bench}: runs the measurement that the first argument names. */
public final class Main {

    private static final String USAGE = """
            ./dev bench flush     what an acknowledgement after fsync costs, by way of flushing
            """;

    private Main() {}

    public static void main(String[] args) throws Exception {
        String name = args.length == 0 ? "help" : args[0];
        Options options = new Options(Arrays.asList(args).subList(Math.min(1, args.length), args.length));
        switch (name) {
            case "flush" -> FlushBench.run(options);
            default -> System.out.print(USAGE);
        }
    }
}

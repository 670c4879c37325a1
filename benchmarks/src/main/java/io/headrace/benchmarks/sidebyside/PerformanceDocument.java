package io.headrace.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The report as it stands in the documents: in {@code performance.md}, between two marks, the goals; in
 * {@code performance-figures.md}, which holds nothing else, every figure. What is around the marks is written by hand.
 *
 * @param micro the table of the hot inner parts, empty if there is none
 */
record PerformanceDocument(Report report, String micro) {

    private static final String BEGIN = "<!-- made by ./dev bench report --docs docs -->";
    private static final String END = "<!-- end of what is made -->";

    /** All of it in one. */
    String whole() {
        return report.surroundings() + "\n" + report.goals() + "\n" + figures();
    }

    /** @param documents the directory in which {@code performance.md} is */
    void writeInto(Path documents) throws IOException {
        Path performance = documents.resolve("performance.md");
        Files.writeString(performance, withGoals(Files.readString(performance)));
        Files.writeString(
                documents.resolve("performance-figures.md"),
                "# Every figure\n\n" + BEGIN
                        + "\n\nWhat the figures mean, and the goals: [performance.md](performance.md).\n\n"
                        + report.surroundings() + "\n" + figures());
    }

    /** The text of {@code performance.md} with these goals between its marks. */
    String withGoals(String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(
                    "performance.md has no place for the goals, between " + BEGIN + " and " + END);
        }
        return text.substring(0, begin + BEGIN.length())
                + "\n\n" + report.surroundings() + "\n" + report.goals() + "\n![ratios](performance-ratios.svg)\n\n"
                + text.substring(end);
    }

    private String figures() {
        return report.figures() + (micro.isEmpty() ? "" : "\n## The hot inner parts\n\n" + micro);
    }
}

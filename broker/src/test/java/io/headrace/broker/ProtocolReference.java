package io.headrace.broker;

import io.headrace.wire.ApiKey;
import java.util.EnumSet;
import java.util.Locale;

/** Renders the {@link ApiTable} with its {@link ApiNotes} as the page docs/protocol.md. */
final class ProtocolReference {

    private static final String PREAMBLE = """
        # Protocol

        <!-- Generated from ApiTable and ApiNotes in broker. Do not edit; `./dev test` says how to write it anew. -->

        Headrace speaks the protocol of Apache Kafka 4.4. ApiVersions lists exactly the APIs and versions below. What
        differs from Kafka in an answer, and why, stands line by line in
        [the list of the test that compares the two](../compat/src/test/resources/io/headrace/compat/differential/allowed-differences.txt),
        and for Kafka's own command line tools in
        [theirs](../compat/src/test/resources/io/headrace/compat/tools/command-lines.txt).
        """;

    private final StringBuilder page = new StringBuilder(PREAMBLE);

    private ProtocolReference() {}

    static String render() {
        ProtocolReference reference = new ProtocolReference();
        reference.served();
        reference.notServed();
        return reference.page.toString();
    }

    private void served() {
        page.append(
                "\n## What is served\n\n| Number | API | Versions | What is left out |\n| --- | --- | --- | --- |\n");
        for (ApiKey api : EnumSet.allOf(ApiKey.class)) {
            if (ApiTable.serves(api)) {
                page.append("| %d | %s | %s | %s |\n".formatted(api.id(), name(api), versions(api), ApiNotes.on(api)));
            }
        }
    }

    private void notServed() {
        page.append(
                "\n## What is not\n\nKafka has these too. They are not listed, and a request is answered by hanging up.\n");
        page.append("\n| Number | API | Why |\n| --- | --- | --- |\n");
        for (ApiKey api : EnumSet.allOf(ApiKey.class)) {
            if (!ApiTable.serves(api)) {
                page.append("| %d | %s | %s |\n".formatted(api.id(), name(api), ApiNotes.on(api)));
            }
        }
    }

    private static String versions(ApiKey api) {
        return api.lowestVersion() == api.highestVersion()
                ? Integer.toString(api.lowestVersion())
                : api.lowestVersion() + " to " + api.highestVersion();
    }

    /** As the protocol's pages write it: each word with a capital, and no space between them. */
    private static String name(ApiKey api) {
        StringBuilder name = new StringBuilder();
        for (String word : api.name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}

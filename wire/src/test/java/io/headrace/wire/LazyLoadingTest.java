package io.headrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.junit.jupiter.api.Test;

/** What a JVM loads for the first requests: start-up time is made of it. */
class LazyLoadingTest {

    private static final String KAFKA = "org.apache.kafka.common.";

    @Test
    void aRequestLoadsTheClassesOfItsOwnApiOnly() throws IOException, InterruptedException {
        List<String> loaded = loadedBy(FirstRequests.class);

        assertThat(loaded)
                .contains(KAFKA + "message.ApiVersionsRequestData", KAFKA + "message.ProduceRequestData")
                .noneMatch(name -> name.startsWith(KAFKA + "message.")
                        && !name.startsWith(KAFKA + "message.ApiVersions")
                        && !name.startsWith(KAFKA + "message.Produce"))
                .doesNotContain(KAFKA + "protocol.ApiKeys", KAFKA + "protocol.Errors", KAFKA + "utils.Utils")
                .noneMatch(name -> name.startsWith(KAFKA + "requests."))
                .noneMatch(name -> name.startsWith(KAFKA + "compress."));
    }

    private static List<String> loadedBy(Class<?> main) throws IOException, InterruptedException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectErrorStream(true)
                .start();
        List<String> names = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (String line : new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
            int at = line.indexOf(KAFKA);
            if (at >= 0 && line.contains(" source:")) {
                names.add(line.substring(at, line.indexOf(' ', at)));
            } else if (!line.contains("[class,load]")) {
                rest.add(line);
            }
        }
        assertThat(java.waitFor()).as("%s", rest).isZero();
        return names;
    }

    /** An ApiVersions and a Produce request, and the answer to the first. */
    static final class FirstRequests {

        private FirstRequests() {}

        public static void main(String[] args) {
            RequestHeader versions = new RequestHeader(ApiKey.API_VERSIONS, (short) 0, 1, null);
            RequestDecoder.decode(versions, new ByteReader(ByteBuffer.allocate(0)));
            ResponseFrame frame = ResponseFrame.of(versions, new ApiVersionsResponseData());
            ByteBuffer produce = ByteBuffer.allocate(12).putShort(0, (short) -1);
            RequestDecoder.decode(new RequestHeader(ApiKey.PRODUCE, (short) 3, 2, null), new ByteReader(produce));
            BatchStatus status = new RecordBatch()
                    .wrap(
                            new BatchBuilder()
                                    .append(1, null, ByteBuffer.allocate(1))
                                    .build(0, 0),
                            0);
            if (frame.sizeInBytes() <= 0 || status != BatchStatus.WHOLE) {
                throw new AssertionError("nothing was made");
            }
        }
    }
}

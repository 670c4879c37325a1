package io.headrace.runtime;

import io.headrace.ports.Randomness;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Unpredictable numbers, for ids that must never be given twice anywhere. Read from the operating system itself where
 * that can be: the JDK's way to the same bytes loads its security providers first, for some 15 ms of CPU at the start. One
 * for each shard.
 */
public final class SystemRandomness implements Randomness {

    private static final Path SOURCE = Path.of("/dev/urandom");
    private static final int BYTES_AHEAD = 128;

    private final ByteBuffer ahead = ByteBuffer.allocate(BYTES_AHEAD).limit(0);

    @Override
    public long nextLong() {
        if (!ahead.hasRemaining()) {
            refill();
        }
        return ahead.getLong();
    }

    private void refill() {
        ahead.clear();
        try (InputStream source = Files.newInputStream(SOURCE)) {
            if (source.readNBytes(ahead.array(), 0, BYTES_AHEAD) == BYTES_AHEAD) {
                return;
            }
        } catch (IOException e) {
            // Not a system that has it.
        }
        new SecureRandom().nextBytes(ahead.array());
    }
}

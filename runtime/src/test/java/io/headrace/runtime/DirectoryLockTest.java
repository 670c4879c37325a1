package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir
    private Path directory;

    @Test
    void aSecondHolderInTheSameProcessIsRefused() throws IOException {
        try (DirectoryLock held = DirectoryLock.acquire(directory)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> DirectoryLock.acquire(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        DirectoryLock.acquire(directory).close();
    }

    @Test
    void aSecondProcessIsRefusedAndTheLockGoesWithTheFirst() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = holder.inputReader()) {
            assertThat(output.readLine()).isEqualTo("held");

            assertThatThrownBy(() -> DirectoryLock.acquire(directory)).hasMessageContaining("process " + holder.pid());
        } finally {
            holder.destroyForcibly().waitFor();
        }

        DirectoryLock.acquire(directory).close();
    }

    /** Holds the lock of a directory until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (DirectoryLock held = DirectoryLock.acquire(Path.of(arguments[0]))) {
                System.out.println(held == null ? "" : "held");
                Thread.currentThread().join();
            }
        }
    }
}

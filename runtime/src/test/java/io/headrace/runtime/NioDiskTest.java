package io.headrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.ports.DiskFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NioDiskTest {

    private final NioDisk disk = new NioDisk();

    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("00000000000000000000.log");
    }

    @Test
    void whatIsWrittenIsReadAgainAtItsPlaceFromEitherKindOfBuffer() throws IOException {
        byte[] bytes = new byte[3 * Limits.HEAP_IO_BYTES + 17];
        new Random(1).nextBytes(bytes);
        try (DiskFile file = disk.create(path)) {
            file.write(ByteBuffer.wrap(bytes), 5);
            file.write(
                    ByteBuffer.allocateDirect(5).put(new byte[] {1, 2, 3, 4, 5}).flip(), 0);
            file.sync();
        }
        try (DiskFile file = disk.open(path)) {
            ByteBuffer heap = ByteBuffer.allocate(bytes.length);
            ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 100);

            assertThat(file.read(heap, 5)).isEqualTo(bytes.length);
            assertThat(file.read(direct, 0)).as("to the end").isEqualTo(bytes.length + 5);
            assertThat(file.read(ByteBuffer.allocate(10), file.size())).isZero();

            assertThat(heap.array()).isEqualTo(bytes);
            assertThat(direct.flip().slice(5, bytes.length)).isEqualTo(ByteBuffer.wrap(bytes));
            assertThat(direct.get(4)).isEqualTo((byte) 5);
        }
    }

    @Test
    void aWriteTakesFromThePositionToTheLimitAndLeavesBothWhereTheyBelong() throws IOException {
        try (DiskFile file = disk.create(path)) {
            ByteBuffer source =
                    ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}).position(2).limit(5);

            file.write(source, 0);

            assertThat(file.size()).isEqualTo(3);
            assertThat(source.position()).isEqualTo(5);
            assertThat(source.limit()).isEqualTo(5);
        }
    }

    @Test
    void bytesAreTransferredUpToTheEnd() throws IOException {
        try (DiskFile file = disk.create(path)) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}), 0);
            ByteArrayOutputStream target = new ByteArrayOutputStream();

            assertThat(file.transferTo(1, 3, Channels.newChannel(target))).isEqualTo(3);
            assertThat(file.transferTo(4, 10, Channels.newChannel(target))).isEqualTo(1);

            assertThat(target.toByteArray()).containsExactly(2, 3, 4, 5);
        }
    }

    @Test
    void truncatingCutsAndNeverGrows() throws IOException {
        try (DiskFile file = disk.create(path)) {
            file.write(ByteBuffer.allocate(10), 0);
            file.truncate(20);
            assertThat(file.size()).isEqualTo(10);
            file.truncate(4);
            assertThat(file.size()).isEqualTo(4);
        }
        assertThat(disk.size(path)).isEqualTo(4);
    }

    @Test
    void creatingWhatExistsAndOpeningWhatDoesNotAreErrors() throws IOException {
        disk.create(path).close();

        assertThatThrownBy(() -> disk.create(path)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> disk.open(directory.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.list(directory.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aDirectoryListsWhatIsInItSorted() throws IOException {
        disk.createDirectories(directory.resolve("t-1").resolve("deep"));
        disk.create(directory.resolve("b")).close();
        disk.create(directory.resolve("a")).close();

        assertThat(disk.list(directory)).containsExactly("a", "b", "t-1");
        assertThat(disk.exists(directory.resolve("t-1"))).isTrue();
        assertThat(disk.exists(directory.resolve("t-2"))).isFalse();
    }

    @Test
    void renamingReplacesTheTarget() throws IOException {
        Path target = directory.resolve("target");
        disk.create(target).close();
        try (DiskFile file = disk.create(path)) {
            file.write(ByteBuffer.allocate(7), 0);
        }

        disk.rename(path, target);
        disk.syncDirectory(directory);

        assertThat(disk.list(directory)).containsExactly("target");
        assertThat(disk.size(target)).isEqualTo(7);
    }

    @Test
    void deletingIsForFilesAndEmptyDirectoriesAndMayBeRepeated() throws IOException {
        Path full = directory.resolve("full");
        disk.createDirectories(full);
        disk.create(full.resolve("file")).close();

        assertThatThrownBy(() -> disk.delete(full)).isInstanceOf(DirectoryNotEmptyException.class);
        disk.delete(full.resolve("file"));
        disk.delete(full);
        disk.delete(full);

        assertThat(disk.list(directory)).isEmpty();
    }
}

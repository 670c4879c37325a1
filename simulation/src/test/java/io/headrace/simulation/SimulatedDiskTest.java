package io.headrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the simulated disk keeps and what it may lose. Outcomes that the seed chooses are collected over many seeds. */
class SimulatedDiskTest {

    private static final Path DATA = Path.of("/data");
    private static final Path FILE = DATA.resolve("file");
    private static final int SEEDS = 400;

    /** Something is done to a disk, the power goes, and this is what can be seen of it afterwards. */
    private interface Story {
        void tell(SimulatedDisk disk) throws IOException;
    }

    private interface Look {
        String at(SimulatedDisk disk) throws IOException;
    }

    private static Set<String> outcomes(Story story, Look look) throws IOException {
        Set<String> outcomes = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = freshDisk(seed);
            story.tell(disk);
            disk.crash();
            outcomes.add(look.at(disk));
        }
        return outcomes;
    }

    private static SimulatedDisk freshDisk(long seed) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(new SeededRandomness(seed), new Trace());
        disk.createDirectories(DATA);
        disk.syncDirectory(Path.of("/"));
        return disk;
    }

    private static void write(DiskFile file, int position, String text) throws IOException {
        file.write(ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)), position);
    }

    /** So many letters. */
    private static String sectors(char letter, int count) {
        return String.valueOf(letter).repeat(count * SimulatedFile.SECTOR_BYTES);
    }

    /** The file, a letter for each sector, 0 for a sector of zeros, ? for a mixed one. */
    private static String sectorsOf(SimulatedDisk disk) throws IOException {
        byte[] bytes = contentOf(disk, FILE);
        StringBuilder letters = new StringBuilder();
        for (int at = 0; at < bytes.length; at += SimulatedFile.SECTOR_BYTES) {
            byte first = bytes[at];
            int end = Math.min(bytes.length, at + SimulatedFile.SECTOR_BYTES);
            boolean mixed = false;
            for (int i = at; i < end; i++) {
                mixed |= bytes[i] != first;
            }
            letters.append(mixed ? '?' : first == 0 ? '0' : (char) first);
        }
        return letters.toString();
    }

    private static byte[] contentOf(SimulatedDisk disk, Path path) throws IOException {
        try (DiskFile file = disk.open(path)) {
            ByteBuffer content = ByteBuffer.allocate((int) file.size());
            file.read(content, 0);
            return Arrays.copyOf(content.array(), content.position());
        }
    }

    private static DiskFile syncedFile(SimulatedDisk disk, String content) throws IOException {
        DiskFile file = disk.create(FILE);
        write(file, 0, content);
        file.sync();
        disk.syncDirectory(DATA);
        return file;
    }

    // ---- bytes and sizes

    @Test
    void whatWasSyncedSurvives() throws IOException {
        assertThat(outcomes(disk -> syncedFile(disk, sectors('a', 2)), SimulatedDiskTest::sectorsOf))
                .containsExactly("aa");
    }

    @Test
    void anUnsyncedAppendSurvivesOrNotOrTornOrAsZeros() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> write(syncedFile(disk, sectors('a', 1)), SimulatedFile.SECTOR_BYTES, sectors('b', 2)),
                SimulatedDiskTest::sectorsOf);

        assertThat(outcomes).containsExactly("a", "a00", "a0b", "ab0", "abb");
    }

    @Test
    void anUnsyncedOverwriteSurvivesOrNotOrTorn() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> write(syncedFile(disk, sectors('a', 2)), 0, sectors('b', 2)), SimulatedDiskTest::sectorsOf);

        assertThat(outcomes).containsExactly("aa", "ab", "ba", "bb");
    }

    @Test
    void aSectorHoldsOneOfTheContentsThatItHadAndNeverAMixture() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> {
                    DiskFile file = syncedFile(disk, sectors('a', 1));
                    write(file, 0, sectors('b', 1));
                    write(file, 0, sectors('c', 1));
                },
                SimulatedDiskTest::sectorsOf);

        assertThat(outcomes).containsExactly("a", "b", "c");
    }

    @Test
    void laterWritesMaySurviveWithoutEarlierOnes() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> {
                    DiskFile file = syncedFile(disk, sectors('a', 2));
                    write(file, 0, sectors('b', 1));
                    write(file, SimulatedFile.SECTOR_BYTES, sectors('c', 1));
                },
                SimulatedDiskTest::sectorsOf);

        assertThat(outcomes).contains("ac", "ba", "aa", "bc");
    }

    @Test
    void anUnsyncedTruncationMayBeUndoneOrLeaveZeros() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> syncedFile(disk, sectors('a', 2)).truncate(SimulatedFile.SECTOR_BYTES),
                SimulatedDiskTest::sectorsOf);

        assertThat(outcomes).containsExactly("a", "a0", "aa");
    }

    @Test
    void aSyncedTruncationIsNotUndone() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> {
                    DiskFile file = syncedFile(disk, sectors('a', 2));
                    file.truncate(0);
                    file.sync();
                },
                SimulatedDiskTest::sectorsOf);

        assertThat(outcomes).containsExactly("");
    }

    @Test
    void aSyncCoversTheWritesOfEveryHandle() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> {
                    DiskFile first = syncedFile(disk, "");
                    write(first, 0, sectors('a', 1));
                    disk.open(FILE).sync();
                },
                SimulatedDiskTest::sectorsOf);

        assertThat(outcomes).containsExactly("a");
    }

    @Test
    void whileThePowerIsOnEveryWriteIsSeen() throws IOException {
        SimulatedDisk disk = freshDisk(1);
        DiskFile file = disk.create(FILE);
        write(file, 3, "later");
        write(file, 0, "now");

        assertThat(contentOf(disk, FILE)).asString().isEqualTo("nowlater");
        assertThat(disk.size(FILE)).isEqualTo(8);
    }

    // ---- names

    private static String names(SimulatedDisk disk) throws IOException {
        return String.join(" ", disk.list(DATA));
    }

    @Test
    void aFileThatWasSyncedWithoutItsNameMayBeGone() throws IOException {
        assertThat(outcomes(disk -> disk.create(FILE).sync(), SimulatedDiskTest::names))
                .containsExactly("", "file");
    }

    @Test
    void aSyncedNameMayStandForAnEmptyFile() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> {
                    write(disk.create(FILE), 0, sectors('a', 1));
                    disk.syncDirectory(DATA);
                },
                SimulatedDiskTest::sectorsOf);

        assertThat(outcomes).containsExactly("", "0", "a");
    }

    @Test
    void anUnsyncedDeletionMayBeUndone() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> {
                    syncedFile(disk, "");
                    disk.delete(FILE);
                },
                SimulatedDiskTest::names);

        assertThat(outcomes).containsExactly("", "file");
    }

    @Test
    void aRenameHappensWhollyOrNotAtAll() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> {
                    syncedFile(disk, "");
                    disk.rename(FILE, DATA.resolve("renamed"));
                },
                SimulatedDiskTest::names);

        assertThat(outcomes).containsExactly("file", "renamed");
    }

    @Test
    void changesOfDifferentNamesAreLostIndependently() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> {
                    disk.create(DATA.resolve("a"));
                    disk.create(DATA.resolve("b"));
                },
                SimulatedDiskTest::names);

        assertThat(outcomes).containsExactly("", "a", "a b", "b");
    }

    @Test
    void changesOfOneFileKeepTheirOrder() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> {
                    disk.create(FILE);
                    disk.rename(FILE, DATA.resolve("second"));
                    disk.rename(DATA.resolve("second"), DATA.resolve("third"));
                },
                SimulatedDiskTest::names);

        assertThat(outcomes).containsExactly("", "file", "second", "third");
    }

    @Test
    void aReplacedFileIsTheOldOneOrTheNewOne() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> {
                    syncedFile(disk, sectors('a', 1));
                    DiskFile next = disk.create(DATA.resolve("next"));
                    write(next, 0, sectors('b', 1));
                    next.sync();
                    disk.rename(DATA.resolve("next"), FILE);
                },
                SimulatedDiskTest::sectorsOf);

        assertThat(outcomes).containsExactly("a", "b");
    }

    @Test
    void aLostDirectoryTakesItsSyncedFilesAlong() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> {
                    Path below = DATA.resolve("below");
                    disk.createDirectories(below);
                    disk.create(below.resolve("file")).sync();
                    disk.syncDirectory(below);
                },
                disk -> disk.exists(DATA.resolve("below")) ? names(disk) + disk.list(DATA.resolve("below")) : "");

        assertThat(outcomes).containsExactly("", "below[file]");
    }

    // ---- power

    @Test
    void thePowerGoesOffInsteadOfTheChosenChange() throws IOException {
        SimulatedDisk disk = freshDisk(1);
        disk.crashAfter(2);
        DiskFile file = disk.create(FILE);
        write(file, 0, "written");

        assertThatThrownBy(file::sync).isInstanceOf(PowerLoss.class);
        assertThatThrownBy(() -> disk.exists(FILE)).isInstanceOf(PowerLoss.class);
        disk.restart();
        assertThat(disk.list(Path.of("/"))).containsExactly("data");
    }

    @Test
    void anOpenFileDoesNotOutliveThePower() throws IOException {
        SimulatedDisk disk = freshDisk(1);
        DiskFile file = syncedFile(disk, "");
        disk.crash();

        assertThatThrownBy(file::size).hasMessageContaining("before the power loss");
        assertThat(disk.openFiles()).isZero();
    }

    // ---- faults

    @Test
    void afterAFailedSyncTheBytesMayBeLostAlthoughTheNextSyncSucceeds() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> {
                    DiskFile file = syncedFile(disk, sectors('a', 1));
                    write(file, 0, sectors('b', 1));
                    disk.faults().failSyncs(1);
                    assertThatThrownBy(file::sync).isInstanceOf(IOException.class);
                    disk.faults().stop();
                    file.sync();
                },
                SimulatedDiskTest::sectorsOf);

        assertThat(outcomes).containsExactly("a", "b");
    }

    @Test
    void afterAFailedSyncAReadMayShowTheNewBytesOrTheOld() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = freshDisk(seed);
            DiskFile file = syncedFile(disk, sectors('a', 1));
            write(file, 0, sectors('b', 1));
            disk.faults().failSyncs(1);
            assertThatThrownBy(file::sync).isInstanceOf(IOException.class);
            seen.add(sectorsOf(disk));
        }
        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void aFullDiskRefusesGrowthAndNamesAndServesTheRest() throws IOException {
        SimulatedDisk disk = freshDisk(1);
        DiskFile file = syncedFile(disk, "full");
        disk.faults().full(true);

        assertThatThrownBy(() -> write(file, 4, "more")).hasMessageContaining("No space left");
        assertThatThrownBy(() -> disk.create(DATA.resolve("more"))).hasMessageContaining("No space left");
        write(file, 0, "FULL");
        assertThat(contentOf(disk, FILE)).asString().startsWith("FULL");
        disk.delete(FILE);
        disk.faults().stop();
        disk.create(FILE);
    }

    @Test
    void aFailedWriteLeavesAnyPrefix() throws IOException {
        Set<Long> sizes = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = freshDisk(seed);
            DiskFile file = disk.create(FILE);
            disk.faults().failWrites(1);
            assertThatThrownBy(() -> write(file, 0, "abc")).isInstanceOf(IOException.class);
            sizes.add(file.size());
        }
        assertThat(sizes).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void aFailedReadIsToldAndChangesNothing() throws IOException {
        SimulatedDisk disk = freshDisk(1);
        syncedFile(disk, "abc");
        disk.faults().failReads(1);
        assertThatThrownBy(() -> contentOf(disk, FILE)).isInstanceOf(IOException.class);
        disk.faults().stop();
        assertThat(contentOf(disk, FILE)).asString().isEqualTo("abc");
    }

    @Test
    void rotChangesWhatWasSafe() throws IOException {
        SimulatedDisk disk = freshDisk(1);
        syncedFile(disk, "abc");
        disk.flipBit(FILE, 1, 0);
        assertThat(contentOf(disk, FILE)).asString().isEqualTo("acc");
        disk.crash();
        assertThat(contentOf(disk, FILE)).asString().isEqualTo("acc");
    }

    @Test
    void aLyingSyncIsBelievedAndLosesBytes() throws IOException {
        Set<String> outcomes = outcomes(
                disk -> {
                    DiskFile file = syncedFile(disk, sectors('a', 1));
                    disk.faults().tell(DiskFaults.Lie.FILES_ARE_SYNCED);
                    write(file, 0, sectors('b', 1));
                    file.sync();
                },
                SimulatedDiskTest::sectorsOf);

        assertThat(outcomes).containsExactly("a", "b");
    }

    // ---- as any file system

    @Test
    void namesAreToldApartAsOnAnyFileSystem() throws IOException {
        SimulatedDisk disk = freshDisk(1);
        disk.create(FILE);

        assertThatThrownBy(() -> disk.create(FILE)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> disk.open(DATA.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.list(DATA.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.rename(DATA.resolve("none"), FILE)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.delete(DATA)).isInstanceOf(DirectoryNotEmptyException.class);
        disk.delete(DATA.resolve("none"));
    }

    @Test
    void aDeletedFileLivesOnForWhoHasItOpen() throws IOException {
        SimulatedDisk disk = freshDisk(1);
        DiskFile file = disk.create(FILE);
        write(file, 0, "abc");
        disk.delete(FILE);

        assertThat(file.size()).isEqualTo(3);
        assertThat(disk.exists(FILE)).isFalse();
    }
}

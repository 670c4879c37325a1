package io.headrace.simulation;

import io.headrace.ports.Check;
import io.headrace.ports.Disk;
import io.headrace.ports.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A file system in memory that keeps, through a power loss, what POSIX makes it keep and of the rest what the seed says.
 * Run by one thread at a time, the simulation's or the disk task's that the simulation lets go on.
 *
 * <h2>What a file system promises, and what we assume</h2>
 *
 * POSIX promises next to nothing about power losses beyond fsync; ext4, XFS and Btrfs promise more, but not the same. We
 * rely upon this and nothing else, and the simulation takes every liberty that it leaves:
 *
 * <ul>
 *   <li><b>Bytes and size</b> of a file are durable once {@link DiskFile#sync()} returned. Without it each sector of 512
 *       bytes, and the size, hold any of the contents that they had since the last sync, each for itself: a write may
 *       survive, or not, or torn between two sectors, in any order with other writes; a file may have grown without its
 *       bytes, and then reads as zeros. A single sector is never torn.
 *   <li><b>Names</b> are durable once {@link #syncDirectory} of their directory returned; syncing the file is not enough
 *       (on ext4 it happens to be). Without it any subset of creations, renames and deletions happened. What we do assume
 *       is that a rename happens wholly or not at all, and that changes of one name or of one file keep their order: all
 *       journaling file systems do so. A directory that is lost takes everything below it along, synced or not.
 *   <li><b>A failed fsync</b> is like a power loss for that file, except that nobody notices: as on Linux, the dirty pages
 *       are marked clean, later syncs succeed, and reads show the new bytes until the page is evicted, then the old ones.
 *   <li><b>A failed fsync of a directory</b> ends all writing, as it does where names are kept in a journal: the file system
 *       can only be read until the machine is started again.
 *   <li><b>A failed write</b> (no space, an I/O error) leaves any prefix of its bytes. A full disk refuses what would grow
 *       a file or add a name.
 *   <li><b>A failed read</b> changes nothing.
 *   <li><b>Rot</b> flips bits of what was safe, only when the simulation asks for it ({@link #flipBit}).
 * </ul>
 *
 * Not modelled: writes that land in the wrong place, and disks that lie about their cache, except as {@link DiskFaults.Lie}
 * to see that the checks would notice.
 */
public final class SimulatedDisk implements Disk {

    static final String INPUT_OUTPUT_ERROR = "Input/output error";
    static final String NO_SPACE_LEFT = "No space left on device";
    static final String READ_ONLY = "Read-only file system";

    private final SeededRandomness random;
    private final Trace trace;
    private final DiskFaults faults = new DiskFaults();
    private final SimulatedDirectory root;
    private Runnable beforeOperation = () -> {};
    private long changes;
    private long crashAtChange = Long.MAX_VALUE;
    private boolean off;
    private boolean readOnly;
    private int boots;
    private int openFiles;

    public SimulatedDisk(SeededRandomness random, Trace trace) {
        this(random, trace, new SimulatedDirectory());
    }

    private SimulatedDisk(SeededRandomness random, Trace trace, SimulatedDirectory root) {
        this.random = random;
        this.trace = trace;
        this.root = root;
    }

    /** Another disk with the same bytes and names, and the same of them durable. Faults are not copied. */
    SimulatedDisk copy(SeededRandomness withRandom, Trace withTrace) {
        return new SimulatedDisk(withRandom, withTrace, root.copy());
    }

    public DiskFaults faults() {
        return faults;
    }

    // ---- power

    /** Operations so far that changed or synced something: the moments between which a power loss makes a difference. */
    public long changes() {
        return changes;
    }

    /** The power goes off instead of the change after so many more. */
    public void crashAfter(long moreChanges) {
        crashAtChange = changes + moreChanges;
    }

    public void powerOff() {
        off = true;
    }

    /** A directory could not be synced: nothing changes any more until {@link #restart()}. */
    public boolean isReadOnly() {
        return readOnly;
    }

    public boolean isOff() {
        return off;
    }

    /** Power comes back; what was not synced is lost now, as the seed says. */
    public void restart() {
        trace.event("restart", "", boots, changes);
        root.crash(random);
        readOnly = false;
        start();
    }

    /** The process is gone, the machine is not: its page cache stays as it is. */
    public void restartProcess() {
        trace.event("restart process", "", boots, changes);
        start();
    }

    /** Files that were open are not of this world. */
    private void start() {
        crashAtChange = Long.MAX_VALUE;
        off = false;
        openFiles = 0;
        boots++;
    }

    public void crash() {
        powerOff();
        restart();
    }

    // ---- what else a simulation may do to it

    /** Files that were opened since the last restart and not closed. */
    public int openFiles() {
        return openFiles;
    }

    /** Called before each operation takes effect; where the simulation lets other tasks run in between. */
    void beforeOperation(Runnable action) {
        beforeOperation = action;
    }

    /** Rot in a byte that had been synced. */
    public void flipBit(Path file, long position, int bit) {
        trace.event("rot", file.toString(), position, bit);
        ((SimulatedFile) find(file)).flip(position, bit);
    }

    // ---- Disk

    @Override
    public DiskFile create(Path file) throws IOException {
        change("create", file, 0, 0);
        SimulatedDirectory parent = parentOf(file);
        if (parent.find(nameOf(file)) != null) {
            throw new FileAlreadyExistsException(file.toString());
        }
        refuseIfFull(file);
        SimulatedFile created = new SimulatedFile();
        parent.add(nameOf(file), created);
        return new Handle(file, created);
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        look("open", file, 0, 0);
        if (!(found(file) instanceof SimulatedFile existing)) {
            throw new FileSystemException(file + ": is a directory");
        }
        return new Handle(file, existing);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        look("list", directory, 0, 0);
        return directory(directory).list();
    }

    @Override
    public boolean exists(Path path) {
        look("exists", path, 0, 0);
        return find(path) != null;
    }

    @Override
    public long size(Path file) throws IOException {
        look("size", file, 0, 0);
        return found(file) instanceof SimulatedFile existing ? existing.size() : 0;
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        SimulatedDirectory parent = root;
        for (Path name : directory) {
            SimulatedNode next = parent.find(name.toString());
            if (next == null) {
                change("mkdir", directory, 0, 0);
                refuseIfFull(directory);
                next = new SimulatedDirectory();
                parent.add(name.toString(), next);
            }
            if (!(next instanceof SimulatedDirectory below)) {
                throw new FileAlreadyExistsException(directory.toString());
            }
            parent = below;
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        change("rename", from, hash(to), 0);
        SimulatedDirectory parent = parentOf(from);
        Check.that(parent == parentOf(to), "a rename that leaves its directory is not simulated");
        SimulatedNode moved = found(from);
        SimulatedNode replaced = parent.find(nameOf(to));
        if (replaced instanceof SimulatedDirectory || (replaced != null && moved instanceof SimulatedDirectory)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        parent.rename(nameOf(from), nameOf(to));
    }

    @Override
    public void delete(Path path) throws IOException {
        change("delete", path, 0, 0);
        SimulatedNode node = find(path);
        if (node instanceof SimulatedDirectory directory && !directory.list().isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        if (node != null) {
            parentOf(path).remove(nameOf(path));
        }
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        change("sync names", directory, 0, 0);
        SimulatedDirectory synced = directory(directory);
        if (faults.syncFails(random)) {
            trace.event("sync fails", directory.toString(), 0, 0);
            readOnly = true;
            throw inputOutputError(directory);
        }
        if (faults.lie() != DiskFaults.Lie.NAMES_ARE_SYNCED) {
            synced.sync();
        }
    }

    // ---- paths

    private SimulatedNode find(Path path) {
        SimulatedNode node = root;
        for (Path name : path) {
            if (!(node instanceof SimulatedDirectory directory)) {
                return null;
            }
            node = directory.find(name.toString());
        }
        return node;
    }

    private SimulatedNode found(Path path) throws NoSuchFileException {
        SimulatedNode node = find(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    private SimulatedDirectory directory(Path path) throws IOException {
        if (!(found(path) instanceof SimulatedDirectory directory)) {
            throw new NotDirectoryException(path.toString());
        }
        return directory;
    }

    private SimulatedDirectory parentOf(Path path) throws IOException {
        return path.getNameCount() == 1 ? root : directory(path.getParent());
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }

    // ---- every operation passes here first

    private void look(String what, Path path, long first, long second) {
        beforeOperation.run();
        if (off) {
            throw new PowerLoss();
        }
        trace.event(what, path.toString(), first, second);
    }

    private void change(String what, Path path, long first, long second) throws IOException {
        look(what, path, first, second);
        if (changes >= crashAtChange) {
            trace.event("power off", "", changes, 0);
            off = true;
            throw new PowerLoss();
        }
        changes++;
        if (readOnly) {
            throw new FileSystemException(path + ": " + READ_ONLY);
        }
    }

    private void refuseIfFull(Path path) throws IOException {
        if (faults.isFull()) {
            throw noSpaceLeft(path);
        }
    }

    private static IOException noSpaceLeft(Path path) {
        return new FileSystemException(path + ": " + NO_SPACE_LEFT);
    }

    private static IOException inputOutputError(Path path) {
        return new IOException(path + ": " + INPUT_OUTPUT_ERROR);
    }

    private static long hash(Path path) {
        return path.toString().hashCode();
    }

    /** An open file. It belongs to the boot in which it was opened. */
    private final class Handle implements DiskFile {

        private final Path path;
        private final SimulatedFile file;
        private final int boot = boots;
        private boolean closed;

        Handle(Path path, SimulatedFile file) {
            this.path = path;
            this.file = file;
            openFiles++;
        }

        private void checkOpen() throws IOException {
            Check.that(boot == boots, "a file was used that had been opened before the power loss");
            if (closed) {
                throw new ClosedChannelException();
            }
        }

        @Override
        public long size() throws IOException {
            look("file size", path, 0, 0);
            checkOpen();
            return file.size();
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.get(source.position(), bytes);
            change("write", path, position, bytes.length * 31L + Arrays.hashCode(bytes));
            checkOpen();
            boolean noSpace = faults.isFull() && position + bytes.length > file.size();
            if (noSpace || faults.writeFails(random)) {
                int prefix = random.between(0, bytes.length);
                trace.event("write fails", path.toString(), position, prefix);
                file.write(bytes, prefix, position);
                throw noSpace ? noSpaceLeft(path) : inputOutputError(path);
            }
            file.write(bytes, bytes.length, position);
            source.position(source.limit());
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            look("read", path, position, target.remaining());
            checkOpen();
            if (faults.readFails(random)) {
                throw inputOutputError(path);
            }
            byte[] bytes = new byte[target.remaining()];
            int count = file.read(bytes, 0, position, bytes.length);
            target.put(bytes, 0, count);
            return count;
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            look("transfer", path, position, count);
            checkOpen();
            if (faults.readFails(random)) {
                throw inputOutputError(path);
            }
            byte[] step = new byte[(int) Math.min(count, Limits.TRANSFER_STEP_BYTES)];
            int read = file.read(step, 0, position, step.length);
            return target.write(ByteBuffer.wrap(step, 0, read));
        }

        @Override
        public void truncate(long size) throws IOException {
            change("truncate", path, size, 0);
            checkOpen();
            file.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            change("sync", path, file.size(), 0);
            checkOpen();
            if (faults.syncFails(random)) {
                trace.event("sync fails", path.toString(), 0, 0);
                file.failSync(random);
                throw inputOutputError(path);
            }
            if (faults.lie() != DiskFaults.Lie.FILES_ARE_SYNCED) {
                file.sync();
            }
        }

        @Override
        public void close() {
            if (!closed && boot == boots) {
                openFiles--;
            }
            closed = true;
        }
    }
}

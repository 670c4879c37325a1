package io.headrace.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says about a process, from {@code /proc}. */
public final class ProcessFigures {

    /** Of /proc/PID/stat, counted behind the name, which is in parentheses and may hold anything. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    /** Of children that have ended and were waited for. */
    private static final int CHILDREN_USER_TICKS = 13;

    private static final int CHILDREN_SYSTEM_TICKS = 14;

    /** USER_HZ, which is 100 on every Linux that Java runs on. */
    private static final int MS_PER_TICK = 10;

    private ProcessFigures() {}

    public static boolean available() {
        return Files.isReadable(Path.of("/proc/self/stat"));
    }

    /** CPU that all threads of the process have used so far, in milliseconds, to the nearest ten. */
    public static long cpuMs(long pid) throws IOException {
        return ms(pid, USER_TICKS, SYSTEM_TICKS);
    }

    /** The part of it that the kernel used on the process's behalf. */
    public static long systemCpuMs(long pid) throws IOException {
        return ms(pid, SYSTEM_TICKS);
    }

    /** With the CPU of the processes that it had started and that have ended. */
    public static long cpuWithEndedChildrenMs(long pid) throws IOException {
        return ms(pid, USER_TICKS, SYSTEM_TICKS, CHILDREN_USER_TICKS, CHILDREN_SYSTEM_TICKS);
    }

    private static long ms(long pid, int... fields) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field : fields) {
            ticks += Long.parseLong(values[field]);
        }
        return ticks * MS_PER_TICK;
    }

    /** Bytes of the process that are in memory. */
    public static long residentBytes(long pid) throws IOException {
        return number(pid, "VmRSS:") * 1024;
    }

    /** Most bytes that the process ever had in memory. */
    public static long peakResidentBytes(long pid) throws IOException {
        return number(pid, "VmHWM:") * 1024;
    }

    public static long threads(long pid) throws IOException {
        return number(pid, "Threads:");
    }

    /** What the kernel had to fetch from the disk for the process. */
    public static long readFromDiskBytes(long pid) throws IOException {
        String field = "read_bytes: ";
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/io"))) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.substring(field.length()));
            }
        }
        throw new IOException("/proc/PID/io says nothing of read_bytes");
    }

    private static long number(long pid, String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(field)) {
                return Long.parseLong(
                        line.substring(field.length()).replace("kB", "").trim());
            }
        }
        throw new IOException("no " + field + " of process " + pid);
    }
}

package io.headrace.app.terminal;

import java.util.Locale;

/** Numbers as a person reads them, the same in every locale. */
public final class Numbers {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};
    private static final double NANOS_PER_SECOND = 1e9;

    private Numbers() {}

    /** 1234567 is 1,234,567. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** 1234567 is 1.2 MB: units of a thousand. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double scaled = bytes / 1000.0;
        int unit = 0;
        while (scaled >= 999.95 && unit < UNITS.length - 1) {
            scaled /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", scaled, UNITS[unit]);
    }

    /** With two digits after the point. */
    public static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / NANOS_PER_SECOND);
    }

    public static long perSecond(long count, long nanos) {
        return Math.round(count * NANOS_PER_SECOND / Math.max(1, nanos));
    }
}

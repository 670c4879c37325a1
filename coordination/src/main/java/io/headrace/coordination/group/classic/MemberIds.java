package io.headrace.coordination.group.classic;

import io.headrace.coordination.Limits;
import io.headrace.ports.Randomness;
import java.util.UUID;

/** Ids of members: who they are, and a random UUID (version 4). */
final class MemberIds {

    private static final long VERSION_MASK = 0xf000L;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_MASK = 0xc000_0000_0000_0000L;
    private static final long VARIANT_RFC = 0x8000_0000_0000_0000L;

    private MemberIds() {}

    /** @param name the instance id of a static member, the client id of a dynamic one */
    static String next(String name, Randomness source) {
        long high = source.nextLong() & ~VERSION_MASK | VERSION_4;
        long low = source.nextLong() & ~VARIANT_MASK | VARIANT_RFC;
        String shown = name.length() <= Limits.MEMBER_NAME_CHARS ? name : name.substring(0, Limits.MEMBER_NAME_CHARS);
        return shown + "-" + new UUID(high, low);
    }
}

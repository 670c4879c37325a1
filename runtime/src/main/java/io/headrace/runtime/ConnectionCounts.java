package io.headrace.runtime;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many connections there are, in all and from each address. */
final class ConnectionCounts {

    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private int total;

    void add(InetAddress address) {
        total++;
        byAddress.merge(address, 1, Integer::sum);
    }

    void remove(InetAddress address) {
        total--;
        int rest = byAddress.merge(address, -1, Integer::sum);
        if (rest == 0) {
            byAddress.remove(address);
        }
    }

    int total() {
        return total;
    }

    int from(InetAddress address) {
        return byAddress.getOrDefault(address, 0);
    }
}

package io.headrace.broker;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been opened so far, closed in the opposite order; one that fails to close does not keep the others open. */
final class Resources implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            AutoCloseable resource = opened.pop();
            try {
                resource.close();
            } catch (Exception failure) {
                BrokerLog.warn("closing " + resource.getClass().getSimpleName(), failure);
            }
        }
    }
}

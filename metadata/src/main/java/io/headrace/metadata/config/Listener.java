package io.headrace.metadata.config;

import java.util.List;

/** An address to listen on or to be reached at. An empty host is every interface; port 0 is any free one. */
public record Listener(String host, int port) {

    private static final String PLAINTEXT = "PLAINTEXT://";
    private static final int HIGHEST_PORT = 65_535;

    /** Parses {@code PLAINTEXT://host:port}, with an IPv6 address in brackets; null if it is anything else. */
    public static Listener parse(String text) {
        int colon = text.lastIndexOf(':');
        if (!text.startsWith(PLAINTEXT) || colon < PLAINTEXT.length()) {
            return null;
        }
        String host = text.substring(PLAINTEXT.length(), colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        int port = port(text.substring(colon + 1));
        boolean oneHost = bracketed || host.indexOf(':') < 0;
        return port < 0 || !oneHost || host.indexOf('/') >= 0 || host.indexOf(',') >= 0
                ? null
                : new Listener(host, port);
    }

    /**
     * The one listener of clients among those listed.
     *
     * @param controllerNames names of the listeners that are for controllers, separated by commas
     * @return null unless there is exactly one, and it can be {@linkplain #parse parsed}
     */
    public static Listener ofClients(String listeners, String controllerNames) {
        List<String> controllers = ConfigType.items(controllerNames.trim());
        Listener clients = null;
        for (String item : ConfigType.items(listeners.trim())) {
            int end = item.indexOf("://");
            if (end >= 0 && controllers.contains(item.substring(0, end))) {
                continue;
            }
            if (clients != null) {
                return null;
            }
            clients = parse(item);
            if (clients == null) {
                return null;
            }
        }
        return clients;
    }

    /** The port, or -1. */
    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port <= HIGHEST_PORT ? port : -1;
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    public Listener withPort(int newPort) {
        return new Listener(host, newPort);
    }

    /** As {@link #parse} takes it. */
    @Override
    public String toString() {
        return PLAINTEXT + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    boolean everyInterface() {
        return host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
    }
}

package io.headrace.metadata.config;

import java.util.List;
import java.util.Map;

/** What can be wrong with a configuration file whose values are good each for itself. */
record FileCheck(Map<String, String> file) {

    void addRefusals(List<String> refusals) {
        addIfRefused(Lags.ofBroker(ConfigLayers.ofFile(file)).refusal(), refusals);
        addIfRefused(nodeId(), refusals);
        addIfRefused(directories("log.dirs"), refusals);
        addIfRefused(directories("log.dir"), refusals);
        addIfRefused(listener("listeners"), refusals);
        addIfRefused(listener("advertised.listeners"), refusals);
        addIfRefused(advertisedEverywhere(), refusals);
        addIfRefused(queuedBytes(), refusals);
        addIfRefused(ConsumerGroupConfig.of(file).refusal(), refusals);
        addIfRefused(protocols(), refusals);
        addIfRefused(oneController("controller.quorum.voters"), refusals);
        addIfRefused(oneController("controller.quorum.bootstrap.servers"), refusals);
    }

    private static void addIfRefused(String refusal, List<String> refusals) {
        if (refusal != null) {
            refusals.add(refusal);
        }
    }

    private String nodeId() {
        String nodeId = file.get("node.id");
        String brokerId = file.get("broker.id");
        boolean agree = nodeId == null || brokerId == null || nodeId.trim().equals(brokerId.trim());
        return agree ? null : "broker.id=" + brokerId + " is refused: node.id, its newer name, is " + nodeId + ".";
    }

    private String directories(String key) {
        String value = file.get(key);
        if (value == null || ConfigType.items(value.trim()).size() == 1) {
            return null;
        }
        return key + "=" + value + " is refused: it takes one directory; more are not there yet.";
    }

    private String listener(String key) {
        String value = file.get(key);
        if (value == null || clients(value) != null) {
            return null;
        }
        return key + "=" + value + " is refused: it takes one address as PLAINTEXT://host:port, with a port from 0 to"
                + " 65535. There is one listener, and it is PLAINTEXT.";
    }

    private Listener clients(String listeners) {
        return Listener.ofClients(listeners, file.getOrDefault("controller.listener.names", ""));
    }

    /** Of the other listeners, which are the controllers' and not opened, nobody asks how they are secured. */
    private String protocols() {
        String value = file.getOrDefault("listener.security.protocol.map", "");
        for (String item : ConfigType.items(value.trim())) {
            if (item.startsWith("PLAINTEXT:") && !item.equals("PLAINTEXT:PLAINTEXT")) {
                return "listener.security.protocol.map=" + value
                        + " is refused: the one listener is PLAINTEXT, and that is" + " what it speaks.";
            }
        }
        return null;
    }

    /** One address is this very node, as in a file for a node that is broker and controller. */
    private String oneController(String key) {
        String value = file.getOrDefault(key, "");
        return ConfigType.items(value.trim()).size() <= 1
                ? null
                : key + "=" + value + " is refused: it names a quorum of several nodes, and there is only this one.";
    }

    private String advertisedEverywhere() {
        String value = file.get("advertised.listeners");
        Listener listener = value == null ? null : clients(value);
        if (listener == null || !listener.everyInterface()) {
            return null;
        }
        return "advertised.listeners=" + value + " is refused: clients cannot connect to \"every interface\"; it takes"
                + " the name or address of one.";
    }

    private String queuedBytes() {
        BrokerConfig config = BrokerConfig.of(file);
        long queued = config.queuedMaxRequestBytes();
        if (queued <= 0 || queued >= config.socketRequestMaxBytes()) {
            return null;
        }
        return "queued.max.request.bytes=" + queued + " is refused: it takes -1, or at least"
                + " socket.request.max.bytes, which is " + config.socketRequestMaxBytes() + ".";
    }
}

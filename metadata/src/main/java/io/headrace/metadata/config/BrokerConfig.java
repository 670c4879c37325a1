package io.headrace.metadata.config;

/** A broker's honoured keys, typed, as the wiring reads them; reads of the run-time values go through the layers of the image. */
public final class BrokerConfig {

    private final ConfigLayers layers;

    public BrokerConfig(ConfigLayers layers) {
        this.layers = layers;
    }

    public ConfigLayers layers() {
        return layers;
    }

    public int wholeNumber(String name) {
        throw new UnsupportedOperationException("being written");
    }

    public long longNumber(String name) {
        throw new UnsupportedOperationException("being written");
    }

    public boolean flag(String name) {
        throw new UnsupportedOperationException("being written");
    }

    public String text(String name) {
        throw new UnsupportedOperationException("being written");
    }
}

package io.headrace.app.server;

import io.headrace.metadata.config.BrokerConfigs;
import io.headrace.metadata.config.Listener;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Lays the configuration file, {@code --set}, and the other flags over each other, the later over the earlier. */
final class BrokerSettings {

    private BrokerSettings() {}

    /** The settings of a broker, judged good. */
    static Map<String, String> of(StartOptions options) throws Refused {
        Map<String, String> settings = new LinkedHashMap<>();
        if (options.configFile() != null) {
            settings.putAll(read(options.configFile()));
        }
        settings.putAll(options.settings());
        // The catalogue is read only when there is something to look up in it.
        boolean judge = !settings.isEmpty();
        if (options.data() != null) {
            settings.remove("log.dir");
            settings.put("log.dirs", options.data());
            judge |= !isOneDirectory(options.data());
        }
        if (options.port() != null) {
            settings.put("listeners", withPort(settings, options.port()));
        }
        if (judge) {
            List<String> refusals = BrokerConfigs.refusals(settings);
            if (!refusals.isEmpty()) {
                throw new Refused(refusals);
            }
        }
        return settings;
    }

    /** The keys in settings that were judged good that have no effect; the catalogue is read only if there may be some. */
    static List<String> ignored(StartOptions options, Map<String, String> settings) {
        boolean plain = options.configFile() == null && options.settings().isEmpty();
        return plain ? List.of() : BrokerConfigs.ignored(settings);
    }

    private static boolean isOneDirectory(String data) {
        return data.indexOf(',') < 0 && data.equals(data.trim());
    }

    private static String withPort(Map<String, String> settings, int port) {
        String listeners = settings.get("listeners");
        if (listeners == null) {
            return "PLAINTEXT://:" + port;
        }
        // What is wrong is left as it is, to be refused by its own words.
        Listener listener = Listener.ofClients(listeners, settings.getOrDefault("controller.listener.names", ""));
        return listener == null ? listeners : listener.withPort(port).toString();
    }

    private static Map<String, String> read(String file) throws Refused {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException | InvalidPathException missing) {
            throw new Refused("there is no configuration file " + file, missing);
        } catch (AccessDeniedException denied) {
            throw new Refused("the configuration file " + file + " cannot be read: permission denied", denied);
        } catch (CharacterCodingException binary) {
            throw new Refused("the configuration file " + file + " cannot be read: it is not text in UTF-8", binary);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new Refused(
                    "the configuration file " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        Map<String, String> settings = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            settings.put(key, properties.getProperty(key));
        }
        return settings;
    }

    /** One line for everything that is wrong. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient List<String> lines;

        Refused(List<String> lines) {
            super(lines.getFirst());
            this.lines = lines;
        }

        Refused(String line, Exception cause) {
            super(line, cause);
            this.lines = List.of(line);
        }

        List<String> lines() {
            return lines;
        }
    }
}

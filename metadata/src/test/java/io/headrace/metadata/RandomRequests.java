package io.headrace.metadata;

import java.util.SplittableRandom;

/** Lines of {@link Script} that a seed makes up: most of them good, some not. */
final class RandomRequests {

    private static final String[] NAMES = {"a", "b", "c.d", "c_d", "flights", "bad%name", "__consumer_offsets"};
    private static final String[] CONFIGS = {
        "retention.ms=1000", "retention.ms=2000", "segment.bytes=1048576", "retention.ms=soon", "max.message.bytes=5000"
    };

    private final SplittableRandom random;

    RandomRequests(long seed) {
        this.random = new SplittableRandom(seed);
    }

    String next() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> create();
            case 4, 5 -> delete();
            case 6 -> "grow " + name() + ":" + random.nextInt(1, 9);
            case 7 -> "alter " + resource() + changes() + " " + resource() + changes();
            case 8 -> "replace " + resource() + "{" + config() + "}";
            default -> "producer-ids";
        };
    }

    private String create() {
        StringBuilder line = new StringBuilder("create");
        if (random.nextInt(8) == 0) {
            line.append(" validate");
        }
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            line.append(' ')
                    .append(name())
                    .append(':')
                    .append(random.nextInt(0, 5))
                    .append(random.nextInt(10) == 0 ? ":2" : ":1");
            if (random.nextBoolean()) {
                line.append('{').append(config()).append(';').append(config()).append('}');
            }
        }
        return line.toString();
    }

    private String delete() {
        String name = name();
        return random.nextBoolean() ? "delete " + name : "delete id(" + name + ") " + name();
    }

    private String changes() {
        String config = config();
        return random.nextInt(3) == 0
                ? "{" + config.substring(0, config.indexOf('=')) + "!}"
                : "{" + config + ";retention.bytes=" + random.nextInt(5) + "}";
    }

    private String resource() {
        return random.nextInt(4) == 0 ? random.nextBoolean() ? "broker/1" : "broker/" : "topic/" + name();
    }

    private String name() {
        return NAMES[random.nextInt(NAMES.length)];
    }

    private String config() {
        return CONFIGS[random.nextInt(CONFIGS.length)];
    }
}

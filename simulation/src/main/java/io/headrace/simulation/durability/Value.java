package io.headrace.simulation.durability;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a record holds: who wrote it and the how-manieth of that producer it is, so that no two are alike.
 *
 * @param idempotent whether the producer promised to the broker, by sequence numbers, to be recognized
 */
record Value(int producer, int number, boolean idempotent) {

    /** The value as text, then at least one dot and as many as asked, which have to come back as well. */
    ByteBuffer encode(int dotsAsked) {
        int dots = Math.max(1, dotsAsked);
        String text = this + ".".repeat(dots) + dots;
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Null if these are not the bytes of any value. */
    static Value decode(ByteBuffer bytes) {
        String text = StandardCharsets.US_ASCII.decode(bytes.duplicate()).toString();
        int dash = text.indexOf('-');
        int end = dash + 1;
        while (dash > 0 && end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        try {
            Value value = new Value(
                    Integer.parseInt(text.substring(1, dash)),
                    Integer.parseInt(text.substring(dash + 1, end)),
                    text.charAt(0) == 'i');
            int dots = Integer.parseInt(text.substring(text.lastIndexOf('.') + 1));
            return value.encode(dots).equals(bytes) ? value : null;
        } catch (IndexOutOfBoundsException | NumberFormatException notOurs) {
            return null;
        }
    }

    @Override
    public String toString() {
        return (idempotent ? "i" : "p") + producer + "-" + number;
    }
}

package io.headrace.wire;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.apache.kafka.common.utils.internals.ImplicitLinkedHashCollection.Element;

/**
 * Field by field, one request of {@link KeyedRequests}: the encodings that differ between flexible and older versions,
 * and the filling of keyed collections with a limit on the collisions in them.
 */
final class KeyedFields {

    private final ByteReader in;
    private final boolean flexible;
    private int probesLeft = Limits.KEY_PROBES;

    KeyedFields(ByteReader in, boolean flexible) {
        this.in = in;
        this.flexible = flexible;
    }

    /** Null if the field is. */
    String nullableString() {
        int length = flexible ? in.readUnsignedVarint() - 1 : in.readShort();
        if (length > Short.MAX_VALUE) {
            throw new MalformedMessage("a string of " + length + " bytes");
        }
        return length < 0 ? null : in.readString(length);
    }

    String string() {
        String value = nullableString();
        if (value == null) {
            throw new MalformedMessage("null where a string must be");
        }
        return value;
    }

    boolean bool() {
        return in.readByte() != 0;
    }

    /** The number of elements that follow, -1 for null. */
    int nullableCount() {
        int count = flexible ? in.readUnsignedVarint() - 1 : in.readInt();
        if (count > in.remaining() || count > Limits.ARRAY_ELEMENTS) {
            throw new MalformedMessage(
                    "an array of " + count + " elements where the frame has " + in.remaining() + " bytes left");
        }
        return count;
    }

    int count() {
        int count = nullableCount();
        if (count < 0) {
            throw new MalformedMessage("null where an array must be");
        }
        return count;
    }

    /** A list for so many elements, which may never come. */
    <E> List<E> list(int count) {
        return new ArrayList<>(Math.min(count, Limits.ARRAY_INITIAL_ELEMENTS));
    }

    /** How large to make the collection so that it need not grow while it is filled. */
    static int capacityFor(int count) {
        return count + 1;
    }

    /**
     * Puts the elements into a keyed collection made for {@link #capacityFor} them. The type is declared no narrower so
     * that the JVM can verify the caller without loading the collections of all requests.
     */
    <E extends Element, C extends Collection<E>> C fill(C collection, List<E> elements) {
        if (elements.size() > Limits.KEYS_UNCHECKED) {
            countProbes(elements, 2 * capacityFor(elements.size()) + 1);
        }
        for (E element : elements) {
            collection.add(element);
        }
        return collection;
    }

    /** Foresees how far the collection will have to look for a free slot, which costs it far more than it costs here. */
    private void countProbes(List<? extends Element> elements, int slots) {
        BitSet taken = new BitSet(slots);
        for (Element element : elements) {
            int slot = (element.hashCode() & Integer.MAX_VALUE) % slots;
            int free = taken.nextClearBit(slot);
            if (free < slots) {
                probesLeft -= free - slot;
            } else {
                free = taken.nextClearBit(0);
                probesLeft -= slots - slot + free;
            }
            if (probesLeft < 0) {
                throw new MalformedMessage("too many equal keys among " + elements.size());
            }
            taken.set(free);
        }
    }

    /** None of these messages has a tagged field of its own (yet): what comes is kept as it is. */
    void tags(Message of) {
        if (!flexible) {
            return;
        }
        int count = in.readUnsignedVarint();
        if (count < 0 || count > in.remaining() || count > Limits.TAGGED_FIELDS) {
            throw new MalformedMessage(count + " tagged fields in a struct");
        }
        for (int i = 0; i < count; i++) {
            int tag = in.readUnsignedVarint();
            of.unknownTaggedFields().add(new RawTaggedField(tag, in.readArray(in.readUnsignedVarint())));
        }
    }
}

package io.headrace.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The producers of one log by their id: open addressing in one array, because a map would make an object of the id at every
 * append. No memory is taken before the first producer, and at most half of the array is in use, so that a search always
 * ends at an empty place.
 */
final class ProducerTable {

    private static final int INITIAL_CAPACITY = 8;
    private static final ProducerEntry[] NONE = {};

    private ProducerEntry[] places = NONE;
    private int size;

    int size() {
        return size;
    }

    /** Null if the producer is unknown. */
    ProducerEntry get(long producerId) {
        return size == 0 ? null : places[placeOf(producerId)];
    }

    /** Adds the producer, or replaces what is known of it. */
    void put(ProducerEntry entry) {
        if (2 * (size + 1) > places.length) {
            rebuild(new ProducerEntry[Math.max(INITIAL_CAPACITY, 2 * places.length)], sorted());
        }
        int place = placeOf(entry.producerId());
        if (places[place] == null) {
            size++;
        }
        places[place] = entry;
    }

    void removeIf(Predicate<ProducerEntry> condition) {
        List<ProducerEntry> kept = sorted();
        if (kept.removeIf(condition)) {
            rebuild(new ProducerEntry[places.length], kept);
        }
    }

    void clear() {
        places = NONE;
        size = 0;
    }

    /** A copy, ordered by producer id. */
    List<ProducerEntry> sorted() {
        List<ProducerEntry> entries = new ArrayList<>(size);
        for (ProducerEntry entry : places) {
            if (entry != null) {
                entries.add(entry);
            }
        }
        entries.sort(Comparator.comparingLong(ProducerEntry::producerId));
        return entries;
    }

    private void rebuild(ProducerEntry[] empty, List<ProducerEntry> entries) {
        places = empty;
        size = entries.size();
        for (ProducerEntry entry : entries) {
            places[placeOf(entry.producerId())] = entry;
        }
    }

    /** Where the producer is, or would be. The length is a power of two; ids are mostly handed out one after another. */
    private int placeOf(long producerId) {
        int mask = places.length - 1;
        int place = Long.hashCode(producerId) & mask;
        while (places[place] != null && places[place].producerId() != producerId) {
            place = (place + 1) & mask;
        }
        return place;
    }
}

package io.headrace.compat.differential;

/** A place at which two answers differ. The path names elements of an array by what identifies them, not by their number. */
record Difference(Question question, String path, String ours, String theirs) {

    @Override
    public String toString() {
        return question + "  " + path + ": " + ours + " (ours), " + theirs + " (Kafka's)";
    }
}

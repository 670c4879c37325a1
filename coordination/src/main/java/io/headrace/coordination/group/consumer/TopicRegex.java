package io.headrace.coordination.group.consumer;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.headrace.coordination.TopicView;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Regular expressions over topic names: RE2's syntax, which takes linear time, and the whole name has to match. */
final class TopicRegex {

    private TopicRegex() {}

    /** What is wrong with the expression, in words; null if nothing is. */
    static String fault(String regex) {
        try {
            Pattern.compile(regex);
            return null;
        } catch (PatternSyntaxException e) {
            return e.getDescription();
        }
    }

    /** The names of the topics that match, none for an expression that cannot be read. */
    static NavigableSet<String> matching(String regex, TopicView topics) {
        NavigableSet<String> names = new TreeSet<>();
        if (fault(regex) == null) {
            Pattern pattern = Pattern.compile(regex);
            topics.names().stream()
                    .filter(name -> pattern.matcher(name).matches())
                    .forEach(names::add);
        }
        return names;
    }
}

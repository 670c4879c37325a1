package io.headrace.coordination.group.consumer;

import io.headrace.coordination.CoordinatorEnv;
import io.headrace.coordination.StepDraft;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Keeps what a group knows about its topic patterns: one record for each pattern that somebody subscribes to. */
final class RegexResolution {

    private final ConsumerGroupSettings.ByGroup settings;

    RegexResolution(ConsumerGroupSettings.ByGroup settings) {
        this.settings = settings;
    }

    /** After a member has taken up or given up a pattern: forgets those that nobody has any more, and matches new ones. */
    void subscriptionsChanged(ConsumerGroup group, StepDraft draft) {
        NavigableSet<String> subscribed = group.subscribedRegexes();
        for (String regex : new TreeSet<>(group.regexes().keySet())) {
            if (!subscribed.contains(regex)) {
                draft.write(ConsumerGroupRecords.regexTombstone(group.groupId(), regex));
            }
        }
        for (String regex : subscribed) {
            if (!group.regexes().containsKey(regex)) {
                resolve(group, regex, draft);
            }
        }
    }

    /** Matches the patterns again if topics may have come or gone; true if one of them stands for other topics now. */
    boolean refresh(ConsumerGroup group, StepDraft draft) {
        CoordinatorEnv env = draft.env();
        int refreshIntervalMs = settings.of(group.groupId()).regexRefreshIntervalMs();
        if (group.regexes().isEmpty()
                || !group.watch().isMatchingDue(env.topics(), env.monotonicMs(), refreshIntervalMs)) {
            return false;
        }
        group.watch().matched(env.topics(), env.monotonicMs());
        boolean changed = false;
        for (String regex : new TreeSet<>(group.regexes().keySet())) {
            if (!group.regexes().get(regex).topics().equals(TopicRegex.matching(regex, env.topics()))) {
                resolve(group, regex, draft);
                changed = true;
            }
        }
        return changed;
    }

    private static void resolve(ConsumerGroup group, String regex, StepDraft draft) {
        CoordinatorEnv env = draft.env();
        draft.write(ConsumerGroupRecords.regex(
                group.groupId(), regex, new ResolvedRegex(TopicRegex.matching(regex, env.topics()), env.wallMs())));
    }
}

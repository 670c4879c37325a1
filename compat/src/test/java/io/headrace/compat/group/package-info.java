/**
 * Groups under torture. Each {@link io.headrace.compat.group.MemberProcess} runs one member of a group of each
 * {@link io.headrace.compat.group.Membership}, who write down in a {@link io.headrace.compat.group.Journal} what they are
 * assigned, read and commit. {@link io.headrace.compat.group.GroupTortureTest} kills, pauses and restarts them and the
 * broker while a {@link io.headrace.compat.group.Feed} goes on, and the {@link io.headrace.compat.group.Judge} reads the
 * journals.
 */
package io.headrace.compat.group;

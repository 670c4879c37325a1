/**
 * The process. {@link io.headrace.app.Main} looks at the first word: a plain {@code start} goes straight to
 * {@code server}, which brings up a broker and touches nothing else, since every class costs start-up time. Everything
 * that is said by a person at leisure goes to {@code cli}, the commands, which use the public client API like any other
 * client and print by way of {@code terminal}. {@code demo} is a broker of its own in a second process, and a check.
 */
package io.headrace.app;

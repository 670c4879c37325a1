package io.headrace.compat.differential;

/** Questions about one matter. It makes the topics that it needs, under names of its own. */
interface Chapter {

    void ask(Interview interview) throws Exception;
}

package io.headrace.compat.differential;

import org.apache.kafka.common.protocol.ApiKeys;

/** What a question is called in the report and in the list of allowed differences. */
record Question(ApiKeys api, short version, String about) {

    String apiName() {
        return api.name;
    }

    @Override
    public String toString() {
        return apiName() + " v" + version + " \"" + about + "\"";
    }
}

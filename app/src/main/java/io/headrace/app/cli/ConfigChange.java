package io.headrace.app.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Sets and deletes keys of one resource, all or none. */
final class ConfigChange {

    private ConfigChange() {}

    static void apply(Admin admin, ConfigResource resource, Map<String, String> set, Collection<String> delete)
            throws ExecutionException, InterruptedException {
        List<AlterConfigOp> operations = new ArrayList<>();
        set.forEach((key, value) ->
                operations.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
        delete.forEach(
                key -> operations.add(new AlterConfigOp(new ConfigEntry(key, null), AlterConfigOp.OpType.DELETE)));
        admin.incrementalAlterConfigs(Map.of(resource, (Collection<AlterConfigOp>) operations))
                .all()
                .get();
    }
}

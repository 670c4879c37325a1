package io.headrace.metadata.adoption;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.AccessControlEntryRecord;
import org.apache.kafka.common.metadata.ClientQuotaRecord;
import org.apache.kafka.common.metadata.DelegationTokenRecord;
import org.apache.kafka.common.metadata.RemoveAccessControlEntryRecord;
import org.apache.kafka.common.metadata.RemoveDelegationTokenRecord;
import org.apache.kafka.common.metadata.RemoveUserScramCredentialRecord;
import org.apache.kafka.common.metadata.UserScramCredentialRecord;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * What Apache Kafka's metadata says about things that Headrace does not have. Who may do what is kept apart from the rest:
 * leaving it behind opens the data to everybody. Fencing, the quorum's own nodes and the replicas that may lead later say
 * nothing that outlives the move, and are passed over.
 */
final class ForeignFeatures {

    private final SortedSet<Uuid> acls = new TreeSet<>();
    private final SortedSet<String> scram = new TreeSet<>();
    private final SortedSet<String> tokens = new TreeSet<>();
    private final SortedSet<String> quotas = new TreeSet<>();

    void apply(ApiMessage record) {
        switch (record) {
            case AccessControlEntryRecord acl -> acls.add(acl.id());
            case RemoveAccessControlEntryRecord acl -> acls.remove(acl.id());
            case UserScramCredentialRecord user -> scram.add(user.mechanism() + " " + user.name());
            case RemoveUserScramCredentialRecord user -> scram.remove(user.mechanism() + " " + user.name());
            case DelegationTokenRecord token -> tokens.add(token.tokenId());
            case RemoveDelegationTokenRecord token -> tokens.remove(token.tokenId());
            case ClientQuotaRecord quota -> {
                String name = quota.entity() + " " + quota.key();
                if (quota.remove()) {
                    quotas.remove(name);
                } else {
                    quotas.add(name);
                }
            }
            default -> {}
        }
    }

    /** What protects the data, counted, such as "2 ACLs"; empty if nothing does. */
    List<String> security() {
        List<String> counted = new ArrayList<>();
        count(acls.size(), "ACL", counted);
        count(scram.size(), "SCRAM credential", counted);
        count(tokens.size(), "delegation token", counted);
        return counted;
    }

    /** What only slows clients down, counted. */
    List<String> limits() {
        List<String> counted = new ArrayList<>();
        count(quotas.size(), "client quota", counted);
        return counted;
    }

    private static void count(int count, String what, List<String> counted) {
        if (count > 0) {
            counted.add(count + " " + what + (count == 1 ? "" : "s"));
        }
    }
}

package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Request;
import io.headrace.wire.ErrorCode;
import java.util.Collections;
import org.apache.kafka.common.message.CreateAclsRequestData;
import org.apache.kafka.common.message.CreateAclsResponseData;
import org.apache.kafka.common.message.CreateAclsResponseData.AclCreationResult;
import org.apache.kafka.common.message.DeleteAclsRequestData;
import org.apache.kafka.common.message.DeleteAclsResponseData;
import org.apache.kafka.common.message.DeleteAclsResponseData.DeleteAclsFilterResult;
import org.apache.kafka.common.message.DescribeAclsRequestData;
import org.apache.kafka.common.message.DescribeAclsResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * DescribeAcls, CreateAcls and DeleteAcls, versions 1 to 3 (KIP-140, KIP-290): refused with SECURITY_DISABLED, as by a
 * Kafka broker without an authorizer. A client learns by it that access is not restricted, and not that the broker is old.
 */
public final class AclsApi implements Api {

    private static final ErrorCode REFUSED = ErrorCode.SECURITY_DISABLED;
    private static final String WHY = "No Authorizer is configured.";

    @Override
    public void handle(Request request) {
        request.respond(refusal(request.body()));
    }

    /** Of every ACL that is to be created and of every filter of those to be deleted, the refusal is told by itself. */
    static ApiMessage refusal(ApiMessage request) {
        return switch (request) {
            case DescribeAclsRequestData _ ->
                new DescribeAclsResponseData().setErrorCode(REFUSED.code()).setErrorMessage(WHY);
            case CreateAclsRequestData create ->
                new CreateAclsResponseData()
                        .setResults(Collections.nCopies(
                                create.creations().size(),
                                new AclCreationResult()
                                        .setErrorCode(REFUSED.code())
                                        .setErrorMessage(WHY)));
            case DeleteAclsRequestData delete ->
                new DeleteAclsResponseData()
                        .setFilterResults(Collections.nCopies(
                                delete.filters().size(),
                                new DeleteAclsFilterResult()
                                        .setErrorCode(REFUSED.code())
                                        .setErrorMessage(WHY)));
            default -> throw new IllegalArgumentException("not about ACLs: " + request);
        };
    }
}

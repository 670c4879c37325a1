package io.headrace.broker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.wire.ErrorCode;
import java.util.List;
import org.apache.kafka.common.message.CreateAclsRequestData;
import org.apache.kafka.common.message.CreateAclsRequestData.AclCreation;
import org.apache.kafka.common.message.CreateAclsResponseData;
import org.apache.kafka.common.message.CreateAclsResponseData.AclCreationResult;
import org.apache.kafka.common.message.DeleteAclsRequestData;
import org.apache.kafka.common.message.DeleteAclsRequestData.DeleteAclsFilter;
import org.apache.kafka.common.message.DeleteAclsResponseData;
import org.apache.kafka.common.message.DeleteAclsResponseData.DeleteAclsFilterResult;
import org.apache.kafka.common.message.DescribeAclsRequestData;
import org.apache.kafka.common.message.DescribeAclsResponseData;
import org.junit.jupiter.api.Test;

final class AclsApiTest {

    private static final short REFUSED = ErrorCode.SECURITY_DISABLED.code();

    @Test
    void aQuestionForAclsIsRefusedAsAWhole() {
        var answer = (DescribeAclsResponseData) AclsApi.refusal(new DescribeAclsRequestData());

        assertThat(answer.errorCode()).isEqualTo(REFUSED);
        assertThat(answer.resources()).isEmpty();
    }

    @Test
    void everyAclToCreateIsRefusedByItself() {
        var answer = (CreateAclsResponseData) AclsApi.refusal(
                new CreateAclsRequestData().setCreations(List.of(new AclCreation(), new AclCreation())));

        assertThat(answer.results()).extracting(AclCreationResult::errorCode).containsExactly(REFUSED, REFUSED);
    }

    @Test
    void everyFilterOfAclsToDeleteIsRefusedByItself() {
        var answer = (DeleteAclsResponseData) AclsApi.refusal(
                new DeleteAclsRequestData().setFilters(List.of(new DeleteAclsFilter(), new DeleteAclsFilter())));

        assertThat(answer.filterResults())
                .extracting(DeleteAclsFilterResult::errorCode)
                .containsExactly(REFUSED, REFUSED);
    }
}

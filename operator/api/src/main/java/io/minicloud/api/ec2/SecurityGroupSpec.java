package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.minicloud.api.common.LocalRef;

/**
 * What someone wants of a {@link SecurityGroup}.
 *
 * @param vpcRef The VPC; immutable.
 * @param groupName The name in AWS; immutable.
 * @param description What the group is for; immutable.
 * @param isDefault True for the default group of its VPC; immutable.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecurityGroupSpec(
        @Required @JsonPropertyDescription("The VPC; immutable.")
        LocalRef vpcRef,

        @Required @JsonPropertyDescription("The name in AWS; immutable.")
        String groupName,

        @Required @JsonPropertyDescription("What the group is for; immutable.")
        String description,

        @JsonPropertyDescription("True for the default group of its VPC; immutable.")
        Boolean isDefault) {}

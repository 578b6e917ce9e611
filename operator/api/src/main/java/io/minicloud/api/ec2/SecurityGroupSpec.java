package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
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
@ValidationRule(
        value = "self.groupName.matches('^[a-zA-Z0-9 ._:/()#,@+=&;{}!$*-]+$') && !self.groupName.startsWith('sg-')",
        message = "groupName may have letters, digits, spaces and ._-:/()#,@+=&;{}!$* and must not begin with sg-",
        fieldPath = ".groupName")
@ValidationRule(
        value = "self.description.matches('^[a-zA-Z0-9 ._:/()#,@+=&;{}!$*-]+$')",
        message = "description may have letters, digits, spaces and ._-:/()#,@+=&;{}!$*",
        fieldPath = ".description")
@ValidationRule(
        value = "self.vpcRef == oldSelf.vpcRef",
        message = "vpcRef is immutable: delete the object and make a new one",
        fieldPath = ".vpcRef")
@ValidationRule(
        value = "self.groupName == oldSelf.groupName",
        message = "groupName is immutable: delete the object and make a new one",
        fieldPath = ".groupName")
@ValidationRule(
        value = "self.description == oldSelf.description",
        message = "description is immutable: delete the object and make a new one",
        fieldPath = ".description")
@ValidationRule(
        value =
                "has(self.isDefault) == has(oldSelf.isDefault) && (!has(self.isDefault) || self.isDefault == oldSelf.isDefault)",
        message = "isDefault is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".isDefault")
public record SecurityGroupSpec(
        @Required @JsonPropertyDescription("The VPC; immutable.")
        LocalRef vpcRef,

        @Required @Size(min = 1, max = 255) @JsonPropertyDescription("The name in AWS; immutable.")
        String groupName,

        @Required @Size(min = 1, max = 255) @JsonPropertyDescription("What the group is for; immutable.")
        String description,

        @JsonPropertyDescription("True for the default group of its VPC; immutable.")
        Boolean isDefault) {}

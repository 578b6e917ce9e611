package io.minicloud.api.organizations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * What someone wants of a {@link Account}.
 *
 * @param namespace The namespace that becomes this account; immutable.
 * @param accountId The 12-digit account id; immutable.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.accountId.matches('^[0-9]{12}$')",
        message = "accountId must be 12 digits in quotes, such as \"111122223333\"",
        fieldPath = ".accountId")
@ValidationRule(
        value = "!self.__namespace__.startsWith('minicloud-')",
        message = "namespaces that begin with minicloud- belong to minicloud: choose another one",
        fieldPath = ".namespace")
@ValidationRule(
        value = "self.__namespace__ == oldSelf.__namespace__",
        message = "namespace is immutable: delete the object and make a new one",
        fieldPath = ".namespace")
@ValidationRule(
        value = "self.accountId == oldSelf.accountId",
        message = "accountId is immutable: delete the object and make a new one",
        fieldPath = ".accountId")
public record AccountSpec(
        @Required
        @Size(max = 63)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @JsonPropertyDescription("The namespace that becomes this account; immutable.")
        String namespace,

        @Required @Size(max = 12) @JsonPropertyDescription("The 12-digit account id; immutable.")
        String accountId) {}

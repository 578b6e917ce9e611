package io.minicloud.api.organizations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * What someone wants of a {@link Account}.
 *
 * @param namespace The namespace that becomes this account; immutable.
 * @param accountId The 12-digit account id; immutable.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountSpec(
        @Required @JsonPropertyDescription("The namespace that becomes this account; immutable.")
        String namespace,

        @Required @JsonPropertyDescription("The 12-digit account id; immutable.")
        String accountId) {}

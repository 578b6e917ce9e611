package io.minicloud.api.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A reference to an object of the same account (or, for cluster-scoped kinds, of the cluster).
 *
 * @param name the object's {@code metadata.name}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LocalRef(
        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription("Name of the object referred to.")
        String name) {}

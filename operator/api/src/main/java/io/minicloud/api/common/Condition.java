package io.minicloud.api.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * One condition of a status, in the shape of Kubernetes' {@code metav1.Condition}.
 *
 * @param type what the condition speaks of, e.g. {@code Ready}
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param observedGeneration the generation of the spec that this speaks of
 * @param lastTransitionTime when {@code status} last changed, RFC 3339
 * @param reason a CamelCase word a program can act on
 * @param message what a person should know, with the remedy when there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        @Required @Size(max = 316) @JsonPropertyDescription("What the condition speaks of, for example Ready.")
        String type,

        @Required @Pattern("^(True|False|Unknown)$") @JsonPropertyDescription("True, False or Unknown.")
        String status,

        @JsonPropertyDescription("The generation of the spec that this speaks of.")
        Long observedGeneration,

        @Required @JsonPropertyDescription("When the status of this condition last changed, RFC 3339.")
        String lastTransitionTime,

        @Required @Size(min = 1, max = 1024) @JsonPropertyDescription("A CamelCase word that a program can act on.")
        String reason,

        @Required
        @Size(max = 32768)
        @JsonPropertyDescription("What a person should know, with the remedy when there is one.")
        String message) {}

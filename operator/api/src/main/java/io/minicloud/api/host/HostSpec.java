package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What someone wants of a {@link Host}.
 *
 * @param zones The availability zones that this machine serves.
 * @param reserved What is kept for the machine itself.
 * @param overcommit How far each resource may be promised beyond what is there.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.zones.all(z, z.matches('^[a-z]+(-[a-z]+)*-[0-9]+[a-z]$'))",
        message = "zones must be regions with a letter, such as home-1a",
        fieldPath = ".zones")
@ValidationRule(
        value = "self.zones.all(a, self.zones.exists_one(b, a == b))",
        message = "zones names a zone twice: name each once",
        fieldPath = ".zones")
public record HostSpec(
        @Required @Size(min = 1, max = 6) @JsonPropertyDescription("The availability zones that this machine serves.")
        List<@Size(max = 32) String> zones,

        @JsonPropertyDescription("What is kept for the machine itself.")
        Reserved reserved,

        @JsonPropertyDescription("How far each resource may be promised beyond what is there.")
        Overcommit overcommit) {
    /**
     * What is kept for the machine itself.
     *
     * @param memoryMiB memory
     * @param vCpus processors
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reserved(
            @Default("2048") @Min(0) @Max(1048576) @JsonPropertyDescription("Memory in MiB.")
            Integer memoryMiB,

            @Default("1") @Min(0) @Max(1024) @JsonPropertyDescription("Processors.")
            Integer vCpus) {}

    /**
     * How far each resource may be promised beyond what is there.
     *
     * @param vCpus virtual processors per processor
     * @param memory always 1
     * @param disk virtual disk size per free disk size
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Overcommit(
            @Default("16") @Min(1) @Max(64) @JsonPropertyDescription("Virtual processors per processor.")
            Integer vCpus,

            @Default("1") @Min(1) @Max(1) @JsonPropertyDescription("Memory is never promised twice: 1.")
            Integer memory,

            @Default("4") @Min(1) @Max(64) @JsonPropertyDescription("Virtual disk size per real disk size.")
            Integer disk) {}
}

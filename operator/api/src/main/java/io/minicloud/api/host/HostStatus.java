package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.ConditionListSchema;
import io.minicloud.api.common.Conditioned;
import java.util.List;

/**
 * What is known of a {@link Host}.
 *
 * @param conditions Accepted, Programmed, Ready, and whether the machine has what it needs: PackagesInstalled, LibvirtReachable, KvmAvailable, ForwardingAllowed, AddressRangeFree, EnoughRoom, LinksUnmanaged, ContainersRun. A message names the command that mends it.
 * @param observedGeneration The generation of the spec that this status speaks of.
 * @param capacity What the machine has.
 * @param allocatable What instances may use: capacity less what is reserved, times the overcommit.
 * @param virtualization kvm where the processor helps, qemu where it is emulated.
 * @param unknown Domains, disks and images with the tag of minicloud for which there is no object; never removed. A disk is adopted by annotating this Host: adopt.minicloud.io/vol-0f3a…: lab/web-root (the disk, and the Volume that it becomes).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(ConditionListSchema.class)
public record HostStatus(
        @JsonPropertyDescription(
                "Accepted, Programmed, Ready, and whether the machine has what it needs: PackagesInstalled, LibvirtReachable, KvmAvailable, ForwardingAllowed, AddressRangeFree, EnoughRoom, LinksUnmanaged, ContainersRun. A message names the command that mends it.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("What the machine has.") Capacity capacity,

        @JsonPropertyDescription("What instances may use: capacity less what is reserved, times the overcommit.")
        Capacity allocatable,

        @JsonPropertyDescription("kvm where the processor helps, qemu where it is emulated.")
        String virtualization,

        @JsonPropertyDescription(
                "Domains, disks and images with the tag of minicloud for which there is no object; never removed. A disk is adopted by annotating this Host: adopt.minicloud.io/vol-0f3a…: lab/web-root (the disk, and the Volume that it becomes).")
        List<Unknown> unknown)
        implements Conditioned {
    /**
     * An amount of each resource.
     *
     * @param vCpus virtual processors
     * @param memoryMiB memory
     * @param diskGiB disk
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Capacity(
            @JsonPropertyDescription("Processors.") Integer vCpus,
            @JsonPropertyDescription("Memory in MiB.") Integer memoryMiB,
            @JsonPropertyDescription("Disk in GiB.") Integer diskGiB) {}

    /**
     * Something on the machine that carries the tag of minicloud but has no object.
     *
     * @param kind Domain, Disk or Image
     * @param name its name on the machine
     * @param tag its owner tag
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Unknown(
            @JsonPropertyDescription("Domain, Disk or Image.")
            String kind,

            @JsonPropertyDescription("Its name on the machine.")
            String name,

            @JsonPropertyDescription("Its owner tag.") String tag) {}
}

package io.minicloud.agent.host;

import org.jspecify.annotations.Nullable;

/**
 * What this machine has. Totals only: what is free changes by itself and does not belong in a status.
 *
 * @param vCpus processors
 * @param memoryMiB memory, MiB
 * @param diskGiB size of the file system that holds the disks, GiB
 * @param virtualization {@code kvm} or {@code qemu}; null while the hypervisor cannot be asked
 */
public record HostFacts(
        int vCpus, int memoryMiB, int diskGiB, @Nullable String virtualization) {}

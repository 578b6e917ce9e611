package io.minicloud.agent.hypervisor;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine as it is to be defined.
 *
 * @param name the domain's name, derived from the instance id
 * @param instanceId the AWS id; the SMBIOS uuid is derived from it
 * @param notes what is remembered with the domain, its owner first
 * @param vCpus virtual processors
 * @param memoryMiB memory
 * @param kernel booted directly; the first disk is booted when absent
 * @param disks in order; the first is the root disk
 * @param networks in the order of their device index
 * @param consoleLog the file that the serial console is appended to
 */
public record MachineDefinition(
        String name,
        String instanceId,
        MachineNotes notes,
        int vCpus,
        int memoryMiB,
        @Nullable DirectKernel kernel,
        List<DiskDevice> disks,
        List<NetworkDevice> networks,
        Path consoleLog) {
    /** Keeps immutable copies of the devices. */
    public MachineDefinition {
        disks = List.copyOf(disks);
        networks = List.copyOf(networks);
    }

    /**
     * A kernel that the hypervisor loads itself.
     *
     * @param kernel the kernel
     * @param initramfs its initial file system
     * @param cmdline its command line
     */
    public record DirectKernel(Path kernel, Path initramfs, String cmdline) {}

    /**
     * A disk.
     *
     * @param file the file
     * @param format qcow2 or raw: declared, never probed
     * @param serial at most 20 characters, seen by the guest
     */
    public record DiskDevice(Path file, String format, String serial) {}

    /**
     * A network interface.
     *
     * @param interfaceName its HostInterface; of letters, digits, dashes and underscores
     * @param tap a tap that exists already in the namespace of libvirt
     * @param macAddress the guest's MAC address
     * @param linkUp whether its link is up; what is down passes nothing in either direction
     */
    public record NetworkDevice(String interfaceName, String tap, String macAddress, boolean linkUp) {
        /** The same with its link up or down. */
        public NetworkDevice withLinkUp(boolean up) {
            return new NetworkDevice(interfaceName, tap, macAddress, up);
        }
    }
}

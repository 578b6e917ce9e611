package io.minicloud.agent.preflight;

import io.minicloud.agent.network.Ipv4Range;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a machine.
 *
 * @param programs the programs that are there, each with the line in which it tells its version, empty for those that are
 *     not asked; null when it could not be looked
 * @param libvirt the libvirtd that the agent is to use
 * @param kvm help of the processor
 * @param forwarding what stands between a service link and the world; null when it could not be looked
 * @param routes the IPv4 routes of the root namespace, all tables; null when it could not be looked
 * @param room disk and memory
 * @param daemons the network daemons that run and would take a link of the cloud
 */
public record MachineFacts(
        @Nullable Map<String, String> programs,
        Libvirt libvirt,
        Kvm kvm,
        @Nullable Forwarding forwarding,
        @Nullable List<Route> routes,
        Room room,
        Set<NetworkDaemon> daemons) {

    /**
     * A libvirtd.
     *
     * @param version e.g. {@code 9.0.0}; null when it does not answer
     * @param failure why it does not
     */
    public record Libvirt(@Nullable String version, String failure) {}

    /**
     * Help of the processor.
     *
     * @param usable a guest was seen to boot with it
     * @param device {@code /dev/kvm} is there
     * @param shared others than root may open it
     * @param module the kernel module for this processor, null when the processor offers nothing
     * @param tried there was a kernel to try it with
     */
    public record Kvm(
            boolean usable,
            boolean device,
            boolean shared,
            @Nullable String module,
            boolean tried) {}

    /**
     * What stands between a service link and the world.
     *
     * @param on the kernel passes on what is not for itself
     * @param bridgesFiltered the firewall of the root namespace also judges what bridges in other namespaces pass on
     * @param obstacles what drops a service link's packets
     */
    public record Forwarding(boolean on, boolean bridgesFiltered, List<Obstacle> obstacles) {}

    /**
     * A route.
     *
     * @param destination what it leads to
     * @param device the link it leads by, empty for one that leads nowhere
     */
    public record Route(Ipv4Range destination, String device) {}

    /**
     * Disk and memory.
     *
     * @param freeGiB free on the file system of the state folder, GiB; null when it could not be looked
     * @param memoryMiB memory of the machine, free or not, MiB
     */
    public record Room(@Nullable Long freeGiB, int memoryMiB) {}
}

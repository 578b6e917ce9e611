package io.minicloud.controller.ec2.instance;

import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.controller.attachment.Attachments;
import io.minicloud.controller.resolver.Seniority;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The interfaces of an instance besides its primary one. The machine gets one when there is a port for it on the host, which is
 * programmed when the machine has opened it, and keeps it until the spec of the interface says otherwise, whatever becomes of
 * the port meanwhile. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network-interface-attachments.html">Network interface attachments</a>
 */
final class AttachedInterfaces {
    private AttachedInterfaces() {}

    /**
     * Those that the machine is to have, in the order of their device index.
     *
     * @param instance the instance
     * @param bound the interfaces whose status names it
     * @param host where it lives
     * @param before the machine as it is, null when there is none yet
     */
    static List<NetworkInterface> plugged(
            Instance instance, Collection<NetworkInterface> bound, String host, @Nullable HostMachine before) {
        var first = Comparator.<NetworkInterface, Boolean>comparing(eni -> !has(before, eni))
                .thenComparing(Seniority.order());
        var byIndex = bound.stream()
                .filter(eni -> !Attachments.isPrimary(eni))
                .filter(eni -> Attachments.isKeptBy(instance, eni))
                .filter(eni -> has(before, eni) || hasPort(eni, host))
                .collect(Collectors.toMap(
                        eni -> eni.getSpec().attachment().deviceIndex(),
                        eni -> eni,
                        BinaryOperator.minBy(first),
                        TreeMap::new));
        return List.copyOf(byIndex.values());
    }

    /** Those that go with the instance when it is terminated. */
    static Stream<NetworkInterface> deletedWith(Instance instance, Collection<NetworkInterface> bound) {
        return bound.stream()
                .filter(eni -> !Attachments.isPrimary(eni))
                .filter(eni -> Attachments.isKeptBy(instance, eni))
                .filter(eni -> Boolean.TRUE.equals(eni.getSpec().attachment().deleteOnTermination()));
    }

    private static boolean hasPort(NetworkInterface eni, String host) {
        return Objects.equals(eni.getStatus().host(), host);
    }

    private static boolean has(@Nullable HostMachine machine, NetworkInterface eni) {
        return machine != null
                && machine.getSpec().interfaces().stream()
                        .map(HostMachineSpec.Interface::hostInterfaceName)
                        .anyMatch(name -> name.equals(eni.getStatus().networkInterfaceId()));
    }
}

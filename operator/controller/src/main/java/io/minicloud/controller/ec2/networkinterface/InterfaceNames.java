package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.controller.publicaddress.Associations;
import io.minicloud.reconcile.identity.Sha256;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is derived from an interface's identity and address: the same at every pass. */
final class InterfaceNames {
    private static final int MAC_OCTETS = 5;

    private InterfaceNames() {}

    static String id(NetworkInterface eni) {
        return Associations.interfaceId(eni);
    }

    /** A locally administered unicast address: 02 and 40 bits of the id's digest. */
    static String macAddress(String networkInterfaceId) {
        var digest = Sha256.hex(networkInterfaceId);
        return "02:"
                + IntStream.range(0, MAC_OCTETS)
                        .mapToObj(octet -> digest.substring(2 * octet, 2 * octet + 2))
                        .collect(Collectors.joining(":"));
    }

    /** E.g. {@code ip-10-0-1-11}. */
    static String hostname(String address) {
        return "ip-" + address.replace('.', '-');
    }

    /** E.g. {@code ip-10-0-1-11.home-1.compute.internal}. */
    static String privateDnsName(String address, String region) {
        return hostname(address) + "." + region + ".compute.internal";
    }
}

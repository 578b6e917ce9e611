package io.minicloud.agent.image;

import io.minicloud.agent.image.ImageRefusedException.Reason;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;

/** Which addresses images may be fetched from: the fetcher stands where no tenant may reach, so it must not be led there. */
final class SourceAddresses {
    private final int serviceBase;
    private final int serviceMask;
    private final Outside outside;

    /**
     * A judge.
     *
     * @param serviceCidr the installation's service range, e.g. {@code 100.64.0.0/16}
     * @param outside resolves names
     */
    SourceAddresses(String serviceCidr, Outside outside) {
        var parts = serviceCidr.split("/", 2);
        serviceMask = (int) (-1L << (32 - Integer.parseInt(parts[1])));
        serviceBase = bits(InetAddress.ofLiteral(parts[0])) & serviceMask;
        this.outside = outside;
    }

    /**
     * The addresses of a URL's host, none of which is forbidden. Only these may be connected to: a name that is resolved
     * again may then lead elsewhere.
     */
    List<InetAddress> check(URI uri) throws ImageRefusedException, UnknownHostException {
        if (!List.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
            throw new ImageRefusedException(Reason.ForbiddenSource, "only http and https are fetched: " + uri);
        }
        var addresses = outside.resolve(uri.getHost());
        for (var address : addresses) {
            if (forbidden(address)) {
                throw new ImageRefusedException(
                        Reason.ForbiddenSource,
                        uri.getHost() + " is " + address.getHostAddress()
                                + ": loopback, link-local, multicast and service addresses are not fetched from");
            }
        }
        return addresses;
    }

    boolean forbidden(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || address instanceof Inet4Address && (bits(address) & serviceMask) == serviceBase;
    }

    private static int bits(InetAddress address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }
}

package io.minicloud.agent.image;

import io.minicloud.agent.image.ImageRefusedException.Reason;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/** Which addresses images may be fetched from: the fetcher stands where no tenant may reach, so it must not be led there. */
final class SourceAddresses {
    private final int serviceBase;
    private final int serviceMask;

    /**
     * A judge.
     *
     * @param serviceCidr the installation's service range, e.g. {@code 100.64.0.0/16}
     */
    SourceAddresses(String serviceCidr) {
        var parts = serviceCidr.split("/", 2);
        serviceMask = (int) (-1L << (32 - Integer.parseInt(parts[1])));
        serviceBase = bits(InetAddress.ofLiteral(parts[0])) & serviceMask;
    }

    /** The URL's host and its addresses, none of which is forbidden. */
    URI check(String url) throws ImageRefusedException, UnknownHostException {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new ImageRefusedException(Reason.ForbiddenSource, "not a URL: " + url);
        }
        if (!List.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
            throw new ImageRefusedException(Reason.ForbiddenSource, "only http and https are fetched: " + url);
        }
        for (var address : InetAddress.getAllByName(uri.getHost())) {
            if (forbidden(address)) {
                throw new ImageRefusedException(
                        Reason.ForbiddenSource,
                        uri.getHost() + " is " + address.getHostAddress()
                                + ": loopback, link-local, multicast and service" + " addresses are not fetched from");
            }
        }
        return uri;
    }

    boolean forbidden(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || address instanceof Inet4Address && (bits(address) & serviceMask) == serviceBase;
    }

    private static int bits(InetAddress address) {
        return java.nio.ByteBuffer.wrap(address.getAddress()).getInt();
    }
}

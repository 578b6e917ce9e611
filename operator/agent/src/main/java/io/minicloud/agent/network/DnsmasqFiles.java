package io.minicloud.agent.network;

import io.minicloud.reconcile.identity.Sha256;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files of a router's dnsmasq. Leases and names are read anew at a hang-up; a change of the rest needs a restart.
 *
 * @param place the folder they lie in
 * @see <a href="https://thekelleys.org.uk/dnsmasq/docs/dnsmasq-man.html">dnsmasq(8)</a>
 */
record DnsmasqFiles(Path place) {
    private static final String CONFIGURATION = DnsmasqProcess.CONFIGURATION;
    private static final String LEASES = "leases.hosts";
    private static final String NAMES = "names.hosts";

    /** The file beside the folders of all, of names that none of their VPCs gave. */
    static final String SHARED = "shared.hosts";

    /** What no server may ask others for: {@code web-0123456789.elb.home-1.minicloud} is known here or nowhere. */
    static final String SHARED_DOMAIN = "minicloud";

    /** Where names are that nobody asks for. */
    private static final String NOWHERE = "unresolved.invalid";

    Map<String, String> render(Router router) {
        var files = new LinkedHashMap<String, String>();
        files.put(CONFIGURATION, configuration(router));
        files.put(LEASES, leases(router));
        files.put(NAMES, names(router));
        return files;
    }

    /** A line for what needs a restart, a line for what needs a hang-up. */
    static String digests(Map<String, String> files) {
        return Sha256.hex(files.get(CONFIGURATION)) + "\n" + Sha256.hex(files.get(LEASES) + "\n" + files.get(NAMES));
    }

    /** Of two files that name an address it is the last that says how it is called. */
    private String configuration(Router router) {
        var ranges = router.subnets().stream()
                .map(subnet -> {
                    var range = Ipv4Range.parse(subnet.range());
                    return "dhcp-range=set:%s,%s,static,%s,infinite%ndhcp-option=tag:%s,option:mtu,%d%n"
                            .formatted(subnet.bridge(), range.base(), range.netmask(), subnet.bridge(), subnet.mtu());
                })
                .collect(Collectors.joining());
        return """
                user=nobody
                no-hosts
                no-resolv
                no-ping
                %s
                local=/%s/
                local=/%s/
                bogus-priv
                dhcp-authoritative
                dhcp-option=option:dns-server,%s
                dhcp-leasefile=%s
                dhcp-hostsfile=%s
                addn-hosts=%s
                addn-hosts=%s
                pid-file=%s
                """.formatted(
                                router.dns().enabled() ? "port=53" : "port=0",
                                router.dns().domain(),
                                SHARED_DOMAIN,
                                router.resolver(),
                                place.resolve("leases"),
                                place.resolve(LEASES),
                                place.resolveSibling(SHARED),
                                place.resolve(NAMES),
                                place.resolve("pid"))
                + domain(router.dns())
                + ranges;
    }

    /**
     * A name that is leased resolves, in the domain of the server. Where names shall not resolve that is another one than guests are
     * told.
     */
    private static String domain(Router.Dns dns) {
        return dns.hostnames()
                ? "domain=%s%n".formatted(dns.domain())
                : "domain=%s%nlocal=/%s/%ndhcp-fqdn%ndhcp-option=option:domain-name,%s%n"
                        .formatted(NOWHERE, NOWHERE, dns.domain());
    }

    private static String leases(Router router) {
        return router.interfaces().stream()
                .map(eni -> "%s,%s,%s,infinite%n"
                        .formatted(eni.mac(), eni.addresses().getFirst(), hostname(eni)))
                .sorted()
                .collect(Collectors.joining());
    }

    private static String names(Router router) {
        if (!router.dns().hostnames()) {
            return "";
        }
        var domain = "." + router.dns().domain();
        return router.interfaces().stream()
                .flatMap(eni -> eni.addresses().stream()
                        .map(address -> address.equals(eni.addresses().getFirst())
                                        && !hostname(eni).equals(nameOf(address))
                                ? "%s %s%s %s%s%n".formatted(address, nameOf(address), domain, hostname(eni), domain)
                                : "%s %s%s%n".formatted(address, nameOf(address), domain)))
                .sorted()
                .collect(Collectors.joining());
    }

    private static String hostname(Router.Interface eni) {
        return eni.hostname() == null ? nameOf(eni.addresses().getFirst()) : eni.hostname();
    }

    private static String nameOf(String address) {
        return "ip-" + address.replace('.', '-');
    }
}

package io.minicloud.agent.network;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What dnsmasq remembers of the leases that it gave: one a line, expiry, MAC address, address and more. It keeps an
 * address for whoever had it last, even when the address is another's now, and then gives it to nobody.
 *
 * @param text as it is written
 */
record LeaseFile(String text) {
    private static final int FIELDS = 3;

    /** Whether it keeps an address from the interface that has it now. */
    boolean blocks(Router router) {
        var owners = owners(router);
        return text.lines().anyMatch(line -> isOfAnother(line, owners));
    }

    /** The same without those lines. */
    LeaseFile unblocked(Router router) {
        var owners = owners(router);
        return new LeaseFile(text.lines()
                .filter(line -> !isOfAnother(line, owners))
                .map(line -> line + "\n")
                .collect(Collectors.joining()));
    }

    private static boolean isOfAnother(String line, Map<String, String> owners) {
        var fields = line.split(" ");
        if (fields.length < FIELDS) {
            return false;
        }
        var owner = owners.get(fields[2]);
        return owner != null && !owner.equalsIgnoreCase(fields[1]);
    }

    /** MAC addresses by address. */
    private static Map<String, String> owners(Router router) {
        return router.interfaces().stream()
                .collect(Collectors.toMap(eni -> eni.addresses().getFirst(), Router.Interface::mac, (a, b) -> a));
    }
}

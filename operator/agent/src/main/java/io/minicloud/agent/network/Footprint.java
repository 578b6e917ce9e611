package io.minicloud.agent.network;

import java.util.Map;

/** Whether the kernel's rules already know an ENI as it is wanted: its sources, its groups and its check. */
public final class Footprint {
    private final PacketFilter filter;

    /** Looks into this filter. */
    public Footprint(PacketFilter filter) {
        this.filter = filter;
    }

    /**
     * Whether the rules hold everything of an ENI.
     *
     * @param namespace the VPC's namespace
     * @param eni what is wanted
     */
    public boolean isLoaded(String namespace, Router.Interface eni) {
        return filter.listing(namespace, RulesetRenderer.FAMILIES)
                .filter(listing -> holds(listing, eni))
                .isPresent();
    }

    /**
     * Whether an internet gateway exchanges these addresses.
     *
     * @param gatewayId the AWS id of the gateway
     * @param publicAddresses the address that the world knows, by the private one
     */
    public boolean isExchanged(String gatewayId, Map<String, String> publicAddresses) {
        return filter.listing(Router.namespaceOf(gatewayId), InternetGatewayRenderer.FAMILIES)
                .map(listing -> listing.replaceAll("[\\s,]+", " "))
                .filter(words -> publicAddresses.entrySet().stream()
                        .allMatch(pair -> words.contains(" %s . %s ".formatted(pair.getKey(), pair.getValue()))))
                .isPresent();
    }

    private static boolean holds(String listing, Router.Interface eni) {
        var bridge = Router.Subnet.bridgeOf(eni.subnetId());
        var text = listing.replaceAll("\\s+", " ");
        return text.contains(RulesetWords.mark(eni.id()) + " : jump " + Direction.OUT.combination(eni))
                && eni.addresses().stream()
                        .allMatch(ip -> text.contains("\"%s\" . %s . %s".formatted(eni.port(), eni.mac(), ip))
                                && text.contains(
                                        "\"%s\" . %s : jump %s".formatted(bridge, ip, Direction.IN.combination(eni))))
                && isUnchecked(text, eni) != eni.sourceDestCheck();
    }

    private static boolean isUnchecked(String text, Router.Interface eni) {
        int set = text.indexOf("set unchecked {");
        int end = text.indexOf('}', text.indexOf('}', set) + 1);
        var declaration = text.substring(Math.max(set, 0), Math.max(end, 0));
        return declaration.contains("elements") && declaration.contains("\"" + eni.port() + "\"");
    }
}

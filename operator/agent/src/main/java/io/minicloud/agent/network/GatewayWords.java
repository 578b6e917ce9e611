package io.minicloud.agent.network;

/**
 * What a router's rules say of its internet gateway; nothing where there is none. What comes in by it has a mark of its own, no
 * groups as a sender and no subnet, so only those of the receiver judge it. What leaves by it is delivered to nobody here.
 *
 * @param present whether there is a gateway
 */
record GatewayWords(boolean present) {
    /** The mark of what the world sends: neither 0 nor that of an ENI, all of which end in 1. */
    private static final String WORLD = "0x2";

    String arriving() {
        return present ? """
                  chain from_world {
                    type filter hook prerouting priority raw; policy accept;
                    iifname "%s" meta mark set %s
                  }
                """.formatted(InternetGateway.AT_ROUTER, WORLD) : "";
    }

    String sending() {
        return rule("meta mark " + WORLD + " accept");
    }

    String delivering() {
        return rule("oifname \"" + InternetGateway.AT_ROUTER + "\" ip daddr != 169.254.0.0/16 accept");
    }

    /** The router itself is not there for the world. */
    String input() {
        return rule("meta mark " + WORLD + " drop");
    }

    private String rule(String rule) {
        return present ? "    " + rule + "\n" : "";
    }
}

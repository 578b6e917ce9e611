package io.minicloud.agent.preflight;

/**
 * A chain of a firewall that drops what a service link sends or what comes back to it.
 *
 * @param keeper who keeps the rules
 * @param program what changes them by hand: {@code nft}, {@code iptables} or {@code iptables-legacy}
 * @param family of the table, e.g. {@code ip}
 * @param table the table
 * @param chain the chain at the kernel's hook {@code forward}
 */
public record Obstacle(Keeper keeper, String program, String family, String table, String chain) {
    /** Who keeps the rules of a table. */
    public enum Keeper {
        /** ufw. */
        UFW("ufw"),
        /** firewalld. */
        FIREWALLD("firewalld"),
        /** Docker, which sets the policy to drop as soon as it starts. */
        DOCKER("Docker"),
        /** Nobody who is known. */
        NOBODY("the firewall");

        private final String title;

        Keeper(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }
}

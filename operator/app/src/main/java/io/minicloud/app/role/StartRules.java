package io.minicloud.app.role;

import io.minicloud.app.Role;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is refused at start, with the remedy; pure. */
final class StartRules {
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,47}[a-z0-9])?");

    private StartRules() {}

    /**
     * Why the program may not start like this.
     *
     * @param roles the brains that are to run
     * @param embedded whether the API server belongs to this machine alone
     * @param host the name of this machine's Host
     * @param home the state folder
     */
    static Optional<String> refusal(Set<Role> roles, boolean embedded, Optional<String> host, Path home) {
        if (roles.isEmpty()) {
            return Optional.of("minicloud.roles is empty: set it to controller, agent or both");
        }
        if (roles.size() > 1 && !embedded) {
            return Optional.of(
                    "minicloud.roles names controller and agent: against a cluster they are two processes"
                            + " (a lost lease must end the controller and never the agent);"
                            + " set minicloud.roles to one of them, or minicloud.embedded=true with an API server of this machine's own");
        }
        if (roles.contains(Role.AGENT)) {
            return agentRefusal(host, home);
        }
        return Optional.empty();
    }

    private static Optional<String> agentRefusal(Optional<String> host, Path home) {
        if (host.isEmpty()) {
            return Optional.of("minicloud.host is not set: the agent needs the name of this machine's Host");
        }
        if (!DNS_LABEL.matcher(host.get()).matches()) {
            return Optional.of(
                    "minicloud.host is '" + host.get()
                            + "': use at most 49 lower-case letters, digits and inner dashes (its namespace is minicloud-host-<name>)");
        }
        if (!home.isAbsolute()) {
            return Optional.of("minicloud.home is '" + home + "': use an absolute path");
        }
        return Optional.empty();
    }
}

package io.minicloud.agent.network;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is there of an appliance.
 *
 * @param links the links of its namespace by name; empty when there is none
 * @param waiting the ends of its ports that wait in the VPC's namespace, by name
 * @param settings the kernel settings of its namespace that matter, by name
 * @param routes the routes of its namespace by its own links, and what is looked up elsewhere
 * @param ruleset what the kernel holds of its table, empty when it is not there
 */
public record ApplianceState(
        Map<String, Link> links,
        Set<String> waiting,
        Map<String, String> settings,
        KernelRoutes routes,
        Optional<String> ruleset) {
    /** Nothing is there of the appliance itself. */
    static ApplianceState absent(Set<String> waiting) {
        return new ApplianceState(Map.of(), waiting, Map.of(), KernelRoutes.NONE, Optional.empty());
    }

    boolean present() {
        return !links.isEmpty();
    }

    boolean forwards() {
        return "1".equals(settings.get(RouterSettings.FORWARDING));
    }

    /** The link of this name, if it is that of the ENI: its MAC address is nobody else's in a VPC. */
    @Nullable
    Link linkOf(Appliance.Interface eni, String name) {
        var link = links.get(name);
        return link != null && link.mac().equals(eni.mac()) ? link : null;
    }
}

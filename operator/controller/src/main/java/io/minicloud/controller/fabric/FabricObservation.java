package io.minicloud.controller.fabric;

import io.minicloud.api.host.AddressSet;
import io.minicloud.api.host.HostNetwork;
import java.util.List;

/**
 * The host objects that a VPC has.
 *
 * @param networks its HostNetworks
 * @param sets the slices of its AddressSets
 */
public record FabricObservation(List<HostNetwork> networks, List<AddressSet> sets) {
    /** Whether nothing of the VPC is left. */
    public boolean isEmpty() {
        return networks.isEmpty() && sets.isEmpty();
    }
}

package io.minicloud.agent.network;

import java.util.Optional;

/**
 * What is there of a port.
 *
 * @param bridge its subnet's bridge, empty while the router does not have it
 * @param inside the link in the VPC's namespace, if it is there
 * @param outside the link in the root namespace, if it is there
 */
public record PortState(Optional<Link> bridge, Optional<Link> inside, Optional<Link> outside) {}

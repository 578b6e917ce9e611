package io.minicloud.app.wiring;

import io.minicloud.app.Configuration;
import io.minicloud.app.Role;
import io.minicloud.controller.ControllerSettings;
import io.minicloud.controller.Quotas;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the controller is given. Nothing here is made where the controller does not run. */
@Singleton
public class ControllerWiring {
    @Produces
    @Singleton
    ControllerSettings settings(Configuration configuration, Installation installation) {
        return new ControllerSettings(
                installation.id(Role.CONTROLLER),
                configuration.region(),
                new Quotas(
                        configuration.quotas().rulesPerSecurityGroup(),
                        configuration.quotas().entriesPerNetworkAcl(),
                        configuration.quotas().routesPerRouteTable(),
                        configuration.quotas().elasticIps(),
                        configuration.quotas().natGatewaysPerZone(),
                        configuration.quotas().cidrBlocksPerVpc(),
                        configuration.quotas().loadBalancers(),
                        configuration.quotas().targetGroups(),
                        configuration.quotas().listenersPerLoadBalancer(),
                        configuration.quotas().rulesPerLoadBalancer(),
                        configuration.quotas().targetsPerLoadBalancer(),
                        configuration.quotas().domainNamesPerCertificate()));
    }
}

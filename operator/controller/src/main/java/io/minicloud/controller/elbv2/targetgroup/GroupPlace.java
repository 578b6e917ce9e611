package io.minicloud.controller.elbv2.targetgroup;

import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.HostAppliance;
import java.util.List;
import java.util.Optional;

/**
 * Where a target group stands.
 *
 * @param account the account
 * @param vpcId the AWS id of its VPC
 * @param registration what came of its targets
 * @param user the load balancer that forwards to it
 * @param nodes the nodes of that
 */
record GroupPlace(
        String account,
        String vpcId,
        Registration registration,
        Optional<LoadBalancer> user,
        List<HostAppliance> nodes) {}

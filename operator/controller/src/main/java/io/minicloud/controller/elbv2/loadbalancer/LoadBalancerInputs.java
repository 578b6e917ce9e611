package io.minicloud.controller.elbv2.loadbalancer;

import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;

/**
 * What a load balancer refers to.
 *
 * @param account the 12-digit account id
 * @param vpc the VPC of its subnets
 * @param subnets its subnets, each in a zone of its own
 */
record LoadBalancerInputs(String account, Vpc vpc, List<Subnet> subnets) {
    String vpcId() {
        return AwsId.of("vpc", vpc.getMetadata().getUid());
    }

    static String subnetId(Subnet subnet) {
        return AwsId.of("subnet", subnet.getMetadata().getUid());
    }
}

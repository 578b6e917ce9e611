package io.minicloud.controller.ec2.natgateway;

import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.reconcile.identity.AwsId;
import java.util.Optional;

/**
 * What a gateway refers to.
 *
 * @param account the 12-digit account id
 * @param subnet its subnet
 * @param vpc the VPC of the subnet
 * @param eip the ElasticIp of a public gateway
 */
record GatewayInputs(String account, Subnet subnet, Vpc vpc, Optional<ElasticIp> eip) {
    String subnetId() {
        return AwsId.of("subnet", subnet.getMetadata().getUid());
    }

    String vpcId() {
        return AwsId.of("vpc", vpc.getMetadata().getUid());
    }

    String zone() {
        return subnet.getSpec().availabilityZone();
    }
}

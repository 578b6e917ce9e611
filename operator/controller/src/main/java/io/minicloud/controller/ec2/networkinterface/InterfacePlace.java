package io.minicloud.controller.ec2.networkinterface;

import io.minicloud.api.ec2.Subnet;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an interface belongs.
 *
 * @param account the 12-digit account id
 * @param subnet its subnet
 * @param groupIds the AWS ids of its groups
 * @param natGatewayId the AWS id of the NAT gateway that made it; null: none did
 */
record InterfacePlace(
        String account,
        Subnet subnet,
        List<String> groupIds,
        @Nullable String natGatewayId) {
    /** Whether what asked for it manages it, and not its user. */
    boolean isRequesterManaged() {
        return natGatewayId != null;
    }

    String subnetId() {
        return AwsId.of("subnet", subnet.getMetadata().getUid());
    }

    String vpcId() {
        return subnet.getStatus().vpcId();
    }
}

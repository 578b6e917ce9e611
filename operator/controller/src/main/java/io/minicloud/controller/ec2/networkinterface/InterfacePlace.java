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
 * @param requester what made it for itself; null: a user did, or an instance
 */
record InterfacePlace(
        String account,
        Subnet subnet,
        List<String> groupIds,
        @Nullable Requester requester) {
    String subnetId() {
        return AwsId.of("subnet", subnet.getMetadata().getUid());
    }

    String vpcId() {
        return subnet.getStatus().vpcId();
    }
}

package io.minicloud.controller.fabric;

import io.minicloud.api.ec2.VpcSpec;
import io.minicloud.api.host.HostNetworkSpec;
import java.util.Objects;

/**
 * What the resolver of a VPC answers.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html">DNS attributes for your VPC</a>
 */
final class VpcDns {
    private VpcDns() {}

    /** Private names resolve where both attributes are set; those of load balancers wherever the resolver answers. */
    static HostNetworkSpec.Dns of(VpcSpec vpc, String domain) {
        var support = !Boolean.FALSE.equals(vpc.enableDnsSupport());
        var hostnames = Objects.requireNonNullElse(vpc.enableDnsHostnames(), Boolean.TRUE.equals(vpc.isDefault()));
        return new HostNetworkSpec.Dns(support, domain, support && hostnames);
    }
}

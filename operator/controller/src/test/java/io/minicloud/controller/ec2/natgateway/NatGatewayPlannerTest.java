package io.minicloud.controller.ec2.natgateway;

import static io.minicloud.controller.ec2.natgateway.NatGatewayFixture.gateway;
import static io.minicloud.controller.ec2.natgateway.NatGatewayFixture.vpc;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.host.HostApplianceSpec;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.resolver.OwnerLink;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import org.junit.jupiter.api.Test;

class NatGatewayPlannerTest {
    @Test
    void theInterfaceIsTheGatewaysForwardsAndNamesNoGroup() {
        var gateway = gateway("nat", "tower");
        var eni = NatGatewayPlanner.networkInterface(gateway);

        assertThat(Derived.isChild(eni, gateway)).isTrue();
        assertThat(eni.getMetadata().getName()).isEqualTo("nat-nat");
        assertThat(eni.getSpec().subnetRef()).isEqualTo(new LocalRef("public"));
        assertThat(eni.getSpec().sourceDestCheck()).isFalse();
        assertThat(eni.getSpec().securityGroupRefs()).isNull();
        assertThat(eni.getSpec().attachment().natGatewayRef()).isEqualTo(new LocalRef("nat"));
        assertThat(eni.getSpec().attachment().instanceRef()).isNull();
    }

    /** AWS: "A NAT gateway can use ports 1024-65535"; a connection that is idle for 350 seconds or more times out. */
    @Test
    void theApplianceTranslatesTheRangeOfTheVpc() {
        var gateway = gateway("nat", "tower");
        var appliance = NatGatewayPlanner.appliance(gateway, "tower", vpc("10.0.0.0/16"), "eni-1");

        assertThat(appliance.getMetadata().getNamespace()).isEqualTo("minicloud-host-tower");
        assertThat(appliance.getMetadata().getName()).isEqualTo(NatGateways.id(gateway));
        assertThat(OwnerLink.owner("natgateway", appliance))
                .singleElement()
                .hasToString("ResourceID{name='nat', namespace='lab'}");
        assertThat(appliance.getSpec())
                .isEqualTo(new HostApplianceSpec(
                        NatGateways.id(gateway),
                        AwsId.of("vpc", "uid-main"),
                        List.of(new HostApplianceSpec.Interface("eni-1")),
                        new HostApplianceSpec.SourceNat(List.of("10.0.0.0/16"), 1024, 65535, 350),
                        null));
    }
}

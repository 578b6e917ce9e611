package io.minicloud.controller.elbv2.loadbalancer;

import static io.minicloud.controller.elbv2.loadbalancer.LoadBalancerFixture.balancer;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.HostApplianceSpec;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.publicaddress.Associations;
import io.minicloud.controller.resolver.OwnerLink;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodePlannerTest {
    private final LoadBalancer web =
            balancer("web", "type: application, scheme: internet-facing, securityGroupRefs: [{name: lb}]");

    @Test
    void theInterfaceIsTheLoadBalancersAndInItsGroups() {
        var eni = NodePlanner.networkInterface(web, new LocalRef("a"), "subnet-1");

        assertThat(Derived.isChild(eni, web)).isTrue();
        assertThat(eni.getMetadata().getName()).isEqualTo("web-subnet-1");
        assertThat(eni.getSpec().subnetRef()).isEqualTo(new LocalRef("a"));
        assertThat(eni.getSpec().securityGroupRefs()).containsExactly(new LocalRef("lb"));
        assertThat(eni.getSpec().sourceDestCheck()).isTrue();
        assertThat(eni.getSpec().attachment().loadBalancerRef()).isEqualTo(new LocalRef("web"));
    }

    @Test
    void theAddressIsOfItsOwnInterface() {
        var eni = NodePlanner.networkInterface(web, new LocalRef("a"), "subnet-1");
        var other = NodePlanner.networkInterface(web, new LocalRef("b"), "subnet-2");
        var eip = NodePlanner.elasticIp(web, "subnet-1");

        assertThat(Derived.isChild(eip, web)).isTrue();
        assertThat(Associations.names(eip, eni)).isTrue();
        assertThat(Associations.names(eip, other)).isFalse();
    }

    @Test
    void theAddressIsOfThePoolOfTheLoadBalancer() {
        var pooled = balancer("web", "type: application, scheme: internet-facing, addressPoolRef: {name: public}");

        assertThat(NodePlanner.elasticIp(pooled, "subnet-1").getSpec().addressPoolRef())
                .isEqualTo(new LocalRef("public"));
        assertThat(NodePlanner.elasticIp(web, "subnet-1").getSpec().addressPoolRef())
                .isNull();
    }

    @Test
    void theApplianceHasTheInterfaceAndProxies() {
        var proxy = new ProxySpec(List.of(), List.of(), 60, 3600, true, "Append", null, null, null);
        var appliance = NodePlanner.appliance(web, "tower", "vpc-1", "eni-0123456789abcdef0", proxy);

        assertThat(appliance.getMetadata().getNamespace()).isEqualTo("minicloud-host-tower");
        assertThat(appliance.getMetadata().getName()).isEqualTo("elb-0123456789abcdef0");
        assertThat(OwnerLink.owner("loadbalancer", appliance))
                .singleElement()
                .hasToString("ResourceID{name='web', namespace='lab'}");
        assertThat(appliance.getSpec())
                .isEqualTo(new HostApplianceSpec(
                        "elb-0123456789abcdef0",
                        "vpc-1",
                        List.of(new HostApplianceSpec.Interface("eni-0123456789abcdef0")),
                        null,
                        proxy));
    }
}

package io.minicloud.controller.elbv2.loadbalancer;

import static io.minicloud.controller.elbv2.loadbalancer.LoadBalancerFixture.application;
import static io.minicloud.controller.elbv2.loadbalancer.LoadBalancerFixture.balancer;
import static io.minicloud.controller.elbv2.loadbalancer.LoadBalancerFixture.node;
import static io.minicloud.controller.elbv2.loadbalancer.LoadBalancerFixture.standing;
import static io.minicloud.controller.elbv2.loadbalancer.LoadBalancerFixture.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.SubnetSpec;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadBalancerRulesTest {
    private final Subnet first = subnet("a", "home-1a", "10.0.1.0/24", 250);
    private final Subnet second = subnet("b", "home-1b", "10.0.2.0/24", 250);

    /** AWS: TooManyLoadBalancers; application and network load balancers have quotas of their own. */
    @Test
    void theQuotaIsForTheSeniorOfATypeAndForThoseThatHaveANode() {
        var one = application("one");
        var two = application("two");
        var network = balancer("a-net", "type: network");

        assertThat(told(LoadBalancerRules.withinQuota(two, List.of(one, two, network), 2)))
                .isEqualTo("resolved");
        assertThat(told(LoadBalancerRules.withinQuota(two, List.of(one, two), 1)))
                .startsWith("TooManyLoadBalancers")
                .contains("may have 1", "quotas.loadBalancers");
        assertThat(told(LoadBalancerRules.withinQuota(network, List.of(one, two, network), 1)))
                .isEqualTo("resolved");
        standing(two, "active", node(first, "active"));
        assertThat(told(LoadBalancerRules.withinQuota(two, List.of(one, two), 1)))
                .isEqualTo("resolved");
        assertThat(told(LoadBalancerRules.withinQuota(one, List.of(one, two), 1)))
                .startsWith("TooManyLoadBalancers");
    }

    /** AWS: "A load balancer cannot be attached to multiple subnets in the same Availability Zone". */
    @Test
    void eachSubnetIsInAZoneOfItsOwnAndAllAreOfOneVpc() {
        assertThat(told(LoadBalancerRules.together(List.of(first, second)))).isEqualTo("resolved");
        assertThat(told(LoadBalancerRules.together(List.of(first, second, subnet("c", "home-1a", "10.0.3.0/24", 250)))))
                .startsWith("InvalidConfigurationRequest")
                .contains("a and c are both in home-1a");
        second.setSpec(new SubnetSpec(new LocalRef("other"), "10.0.2.0/24", "home-1b", null, null));
        assertThat(told(LoadBalancerRules.together(List.of(first, second))))
                .startsWith("InvalidSubnet")
                .contains("Subnet a is of Vpc main", "Subnet b of Vpc other");
    }

    /** AWS: "at least a /27 bitmask" and "at least eight free IP addresses per subnet". */
    @Test
    void aSubnetHasRoomForANewNode() {
        var web = application("web");
        var net = balancer("net", "type: network");

        assertThat(told(LoadBalancerRules.roomy(web, subnet("a", "home-1a", "10.0.1.0/27", 8))))
                .isEqualTo("resolved");
        assertThat(told(LoadBalancerRules.roomy(web, subnet("a", "home-1a", "10.0.1.0/28", 11))))
                .startsWith("InvalidSubnet")
                .contains("/27 or larger");
        assertThat(told(LoadBalancerRules.roomy(net, subnet("a", "home-1a", "10.0.1.0/28", 11))))
                .isEqualTo("resolved");
        assertThat(told(LoadBalancerRules.roomy(net, subnet("a", "home-1a", "10.0.1.0/28", 7))))
                .startsWith("InvalidSubnet")
                .contains("fewer than 8 free");
        standing(net, "active", node(first, "active"));
        assertThat(told(LoadBalancerRules.roomy(net, subnet("a", "home-1a", "10.0.1.0/28", 0))))
                .as("a node that is there has its address")
                .isEqualTo("resolved");
    }

    @Test
    void itStaysInItsVpc() {
        var web = application("web");

        assertThat(told(LoadBalancerRules.remaining(web, "vpc-2"))).isEqualTo("resolved");
        standing(web, "active", node(first, "active"));
        assertThat(told(LoadBalancerRules.remaining(web, "vpc-1"))).isEqualTo("resolved");
        assertThat(told(LoadBalancerRules.remaining(web, "vpc-2")))
                .startsWith("InvalidSubnet")
                .contains("vpc-1 for life");
    }

    private static String told(Resolution<?> judged) {
        return Judgement.fold(judged, found -> "resolved", (reason, message) -> reason + ": " + message);
    }
}

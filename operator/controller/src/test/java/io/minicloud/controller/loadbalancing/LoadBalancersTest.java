package io.minicloud.controller.loadbalancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.elbv2.LoadBalancer;
import org.junit.jupiter.api.Test;

class LoadBalancersTest {
    /** AWS: my-load-balancer-1234567890.us-east-2.elb…, internal-… of internal ones; here the region stands behind. */
    @Test
    void anApplicationLoadBalancerHasTenDigitsInItsName() {
        assertThat(LoadBalancers.dnsName(balancer("application", "internet-facing", "uid-1"), "home-1"))
                .matches("web-[0-9]{10}\\.elb\\.home-1\\.minicloud")
                .isEqualTo(LoadBalancers.dnsName(balancer("application", "internet-facing", "uid-1"), "home-1"))
                .isNotEqualTo(LoadBalancers.dnsName(balancer("application", "internet-facing", "uid-2"), "home-1"));
        assertThat(LoadBalancers.dnsName(balancer("application", "internal", "uid-1"), "home-1"))
                .matches("internal-web-[0-9]{10}\\.elb\\.home-1\\.minicloud");
    }

    @Test
    void aNetworkLoadBalancerHasSixteenHexadecimalDigits() {
        assertThat(LoadBalancers.dnsName(balancer("network", "internal", "uid-1"), "home-1"))
                .matches("web-[0-9a-f]{16}\\.elb\\.home-1\\.minicloud");
    }

    /** AWS: arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/app/my-load-balancer/50dc6c495c0c9188. */
    @Test
    void theArnTellsTheType() {
        assertThat(LoadBalancers.arn(balancer("application", "internal", "uid-1"), "home-1", "111122223333"))
                .matches("arn:aws:elasticloadbalancing:home-1:111122223333:loadbalancer/app/web/[0-9a-f]{16}");
        assertThat(LoadBalancers.arn(balancer("network", "internal", "uid-1"), "home-1", "111122223333"))
                .contains(":loadbalancer/net/web/");
    }

    private static LoadBalancer balancer(String type, String scheme, String uid) {
        var balancer = Serialization.unmarshal(
                "spec: {type: %s, scheme: %s, subnetRefs: [{name: a}]}".formatted(type, scheme), LoadBalancer.class);
        balancer.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName("web")
                .withUid(uid)
                .build());
        return balancer;
    }
}

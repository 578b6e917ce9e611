package io.minicloud.controller.elbv2.loadbalancer;

import static io.minicloud.controller.elbv2.loadbalancer.LoadBalancerFixture.application;
import static io.minicloud.controller.elbv2.loadbalancer.LoadBalancerFixture.named;
import static io.minicloud.controller.elbv2.loadbalancer.LoadBalancerFixture.node;
import static io.minicloud.controller.elbv2.loadbalancer.LoadBalancerFixture.standing;
import static io.minicloud.controller.elbv2.loadbalancer.LoadBalancerFixture.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import io.minicloud.controller.change.Progress;
import io.minicloud.reconcile.condition.Conditions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadBalancerStatusFactoryTest {
    private final Subnet a = subnet("a", "home-1a", "10.0.1.0/24", 250);
    private final Subnet b = subnet("b", "home-1b", "10.0.2.0/24", 250);
    private final LoadBalancer web = application("web");

    @Test
    void itIsActiveWhenEveryNodeServesAndImpairedWhenSomeDo() {
        assertThat(states(of(waiting(a), waiting(b)))).containsExactly("provisioning", "provisioning", "provisioning");
        assertThat(states(of(serving(a), waiting(b)))).containsExactly("active_impaired", "active", "provisioning");
        assertThat(states(of(serving(a), serving(b)))).containsExactly("active", "active", "active");

        standing(web, "active", node(a, "active"), node(b, "active"));
        assertThat(states(of(serving(a), waiting(b)))).containsExactly("active_impaired", "active", "impaired");
        assertThat(states(of(waiting(a), waiting(b)))).containsExactly("active_impaired", "impaired", "impaired");
        assertThat(told(of(serving(a), waiting(b)), "Ready"))
                .startsWith("False AwaitingHost")
                .contains("node in home-1b: why");
    }

    @Test
    void aNodeThatLeavesOrHasNotAnsweredYetTakesNothingFromReadiness() {
        standing(web, "active", node(a, "active"), node(b, "active"));
        var leaving = NodeView.leaving(
                NodePlace.of(node(b, "active")), Progress.pending(LoadBalancerReason.RemovingAppliance, "why"));
        var status = of(serving(a), leaving);

        assertThat(states(status)).containsExactly("active", "active", "deleting");
        assertThat(told(status, "Ready")).startsWith("True");
        assertThat(told(status, "Programmed")).startsWith("False RemovingAppliance");
        assertThat(status.availabilityZones().getLast().host()).isEqualTo("tower");
        assertThat(status.availabilityZones().getLast().loadBalancerAddresses()).isNotEmpty();

        var late = of(view(a, false, true), serving(b));
        assertThat(states(late)).containsExactly("active", "active", "active");
        assertThat(told(late, "Ready")).startsWith("True");
        assertThat(told(late, "Programmed")).startsWith("False AwaitingHost");
    }

    @Test
    void theAddressesOfANodeAreThoseOfItsInterface() {
        var address = of(serving(a)).availabilityZones().getFirst().loadBalancerAddresses();

        assertThat(address).containsExactly(new LoadBalancerStatus.Address("203.0.113.7", "eipalloc-1", "10.0.1.9"));
    }

    private LoadBalancerStatus of(NodeView... nodes) {
        var vpc = named(Serialization.unmarshal("spec: {cidrBlock: 10.0.0.0/16}", Vpc.class), "main");
        return new LoadBalancerStatusFactory("home-1", Clock.systemUTC())
                .of(web, new LoadBalancerInputs("111122223333", vpc, List.of(a, b)), List.of(nodes), Optional.empty());
    }

    private static NodeView serving(Subnet subnet) {
        return view(subnet, true, true);
    }

    private static NodeView waiting(Subnet subnet) {
        return view(subnet, false, false);
    }

    private static NodeView view(Subnet subnet, boolean done, boolean serving) {
        var eni = Serialization.unmarshal(
                "status: {privateIpAddress: 10.0.1.9, association: {publicIp: 203.0.113.7, allocationId: eipalloc-1}}",
                NetworkInterface.class);
        return new NodeView(
                NodePlace.of(subnet, "tower"),
                eni,
                null,
                false,
                done
                        ? Progress.done(LoadBalancerReason.Programmed, "")
                        : Progress.pending(LoadBalancerReason.AwaitingHost, "why"),
                serving);
    }

    private static List<String> states(LoadBalancerStatus status) {
        return Stream.concat(
                        Stream.of(status.state()),
                        status.availabilityZones().stream().map(AvailabilityZone::state))
                .toList();
    }

    private static String told(LoadBalancerStatus status, String type) {
        return Conditions.find(status, type)
                .map(found -> found.status() + " " + found.reason() + ": " + found.message())
                .orElse("");
    }
}

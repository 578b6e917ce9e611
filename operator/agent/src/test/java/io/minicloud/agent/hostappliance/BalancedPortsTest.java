package io.minicloud.agent.hostappliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minicloud.agent.network.Appliance.Balanced;
import io.minicloud.agent.network.Appliance.Endpoint;
import io.minicloud.api.host.ProxyAction;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyStatus;
import io.minicloud.api.host.ProxyTargetGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancedPortsTest {
    private static final String GROUP = "tg-00000000000000001";
    private static final Endpoint ONE = new Endpoint("10.0.1.1", 53);
    private static final Endpoint TWO = new Endpoint("10.0.1.2", 53);

    @Test
    void theHealthyGetFlowsAndWithoutAnyAllThatDoNotDrain() {
        assertThat(balanced(status("Healthy", "Unhealthy"))).containsExactly(ONE);
        assertThat(balanced(status("Initial", "Healthy"))).containsExactly(TWO);
        assertThat(balanced(status("Unhealthy", "Initial"))).containsExactly(ONE, TWO);
        assertThat(balanced(null)).containsExactly(ONE, TWO);
    }

    @Test
    void onlyListenersOfUdpAndOnlyOfGroupsThatAreThere() {
        assertThat(BalancedPorts.of(proxy("TCP", GROUP), null)).isEmpty();
        assertThat(BalancedPorts.of(null, null)).isEmpty();
        assertThatThrownBy(() -> BalancedPorts.of(proxy("UDP", "tg-00000000000000002"), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tg-00000000000000002");
    }

    private static List<Endpoint> balanced(ProxyStatus known) {
        var ports = BalancedPorts.of(proxy("UDP", GROUP), known);
        assertThat(ports).singleElement().extracting(Balanced::port).isEqualTo(53);
        return ports.getFirst().targets();
    }

    private static ProxyStatus status(String one, String two) {
        return new ProxyStatus(List.of(
                new ProxyStatus.Target(GROUP, ONE.address(), 53, one, null, null),
                new ProxyStatus.Target(GROUP, TWO.address(), 53, two, null, null),
                new ProxyStatus.Target(GROUP, "10.0.1.3", 53, "Healthy", null, null)));
    }

    private static ProxySpec proxy(String protocol, String group) {
        var forward = new ProxyAction.Forward(List.of(new ProxyAction.Weighted(group, 1)), null);
        var check = new ProxyTargetGroup.HealthCheck("TCP", null, null, null, 1, 1, 2, 2);
        var targets = List.of(
                new ProxyTargetGroup.Target(ONE.address(), 53, null),
                new ProxyTargetGroup.Target(TWO.address(), 53, null),
                new ProxyTargetGroup.Target("10.0.1.3", 53, true));
        return new ProxySpec(
                List.of(new ProxyListener(53, protocol, null, null, new ProxyAction(forward, null, null))),
                List.of(new ProxyTargetGroup(
                        GROUP, protocol, "RoundRobin", null, null, check, targets, null, null, null)),
                60,
                3600,
                false,
                "Append",
                null,
                null,
                null);
    }
}

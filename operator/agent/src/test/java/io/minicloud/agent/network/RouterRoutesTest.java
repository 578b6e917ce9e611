package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.reconcile.identity.RoutingTable;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Written by hand from what AWS says of route tables. */
class RouterRoutesTest {
    private static final String TABLE = " table " + RoutingTable.of("rtb-0000000000000000a");
    private static final String BRIDGE_A = Router.Subnet.bridgeOf("subnet-0000000000000000a");
    private static final String BRIDGE_B = Router.Subnet.bridgeOf("subnet-0000000000000000b");

    private final KernelRoutes wanted =
            new RouterRoutes(Example.withRouting(Example.router(), Example.gateway())).wanted();

    @Test
    void aTableHoldsTheLocalRoutesAndThoseOfItsOwner() {
        assertThat(wanted.routes().values())
                .containsExactlyInAnyOrder(
                        "blackhole 10.0.0.0/16" + TABLE,
                        "10.0.1.0/24 dev " + BRIDGE_A + TABLE,
                        "10.0.2.0/24 dev " + BRIDGE_B + TABLE,
                        "default via 169.254.254.1 dev mcigw onlink" + TABLE,
                        "192.168.0.0/16 via 10.0.2.11 dev " + BRIDGE_B + TABLE,
                        "blackhole 192.168.7.7" + TABLE,
                        "blackhole 172.16.0.0/12" + TABLE);
    }

    @Test
    void onlyTheSubnetsThatHaveATableAreLookedUpInIt() {
        assertThat(wanted.rules())
                .containsExactly("iif " + BRIDGE_A + " lookup" + TABLE.substring(6) + " priority 1000");
    }

    @Test
    void withoutAGatewayItsRoutesAreBlackholes() {
        var routing = new Routing(Example.gateway().tables(), null);
        var routes = new RouterRoutes(Example.withRouting(Example.router(), routing)).wanted();

        assertThat(routes.routes().values()).contains("blackhole default" + TABLE);
        assertThat(routes.neighbours()).isEmpty();
    }

    @Test
    void whatIsThereNeedsNoLineAndWhatIsTooMuchGoesLast() {
        assertThat(wanted.linesFrom(wanted)).isEmpty();

        var there =
                new KernelRoutes(Map.of("default table 1", "default via 10.0.1.12 dev b table 1"), Set.of(), Set.of());
        assertThat(wanted.linesFrom(there))
                .startsWith("neigh replace 169.254.254.1 lladdr 06:fe:00:00:00:02 dev mcigw nud permanent")
                .endsWith("route delete default via 10.0.1.12 dev b table 1");
    }
}

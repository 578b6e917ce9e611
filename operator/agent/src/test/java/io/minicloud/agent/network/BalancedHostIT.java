package io.minicloud.agent.network;

import static io.minicloud.agent.network.BalancerVpc.ALL;
import static io.minicloud.agent.network.BalancerVpc.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.network.Appliance.Balanced;
import io.minicloud.agent.network.Appliance.Endpoint;
import io.minicloud.agent.network.Router.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An appliance that shares flows of UDP among targets, in the real kernel. What is expected is AWS's word, by hand. Needs root.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html">What is a Network Load Balancer</a>
 */
class BalancedHostIT {
    private static final int PORT = 53;
    private static final Endpoint BESIDE = new Endpoint("10.0.1.31", 5353);
    private static final Endpoint BEYOND = new Endpoint("10.0.2.31", 5354);

    private final BalancerVpc vpc = new BalancerVpc();
    private final Lab lab = vpc.lab;
    private final List<DatagramReflector> reflectors = new ArrayList<>();

    @AfterEach
    void cleanUp() {
        reflectors.forEach(DatagramReflector::close);
        vpc.close();
    }

    @Test
    void theTargetSeesTheClientAndTheNodeAnswersWhereverBothAre() throws IOException {
        for (var target : List.of(BESIDE, BEYOND)) {
            apply(vpc.router(ALL, ALL), balanced(false, target));
            // A flow that goes on would stay with the target before.
            int port = 40_000 + target.port();

            assertThat(ask("near", port, NODE)).isEqualTo(name(target) + " saw 10.0.1.41:" + port);
            assertThat(ask("far", port, NODE)).isEqualTo(name(target) + " saw 10.0.2.41:" + port);
            assertThat(ask("world", port, vpc.nodePublic))
                    .isEqualTo(name(target) + " saw " + vpc.world.address() + ":" + port);
        }
    }

    /** AWS: flows of UDP have the same source and destination, so they go to one target; others may go to another. */
    @Test
    void flowsAreSharedAndEachStaysWhateverBecomesOfItsTarget() throws IOException {
        apply(vpc.router(ALL, ALL), balanced(false, BESIDE, BEYOND));
        assertThat(told(30_000, 30)).containsExactlyInAnyOrder("beside", "beyond");
        int port = 30_000;
        while (!ask("far", port, NODE).startsWith("beside")) {
            port++;
        }
        assertThat(ask("far", port, NODE)).as("again").startsWith("beside");

        apply(vpc.router(ALL, ALL), balanced(false, BEYOND));
        assertThat(ask("far", port, NODE)).as("what began").startsWith("beside");
        assertThat(told(31_000, 10)).as("what begins").containsExactly("beyond");

        apply(vpc.router(ALL, ALL), balanced(false));
        assertThat(told(32_000, 1)).as("nobody is there").containsExactly("nothing");
    }

    @Test
    void stickyAClientStaysWithItsTargetFromWhateverPort() throws IOException {
        apply(vpc.router(ALL, ALL), balanced(true, BESIDE, BEYOND));

        assertThat(told(30_000, 15)).hasSize(1).isSubsetOf("beside", "beyond");
    }

    @Test
    void groupsJudgeTheClientAndNothingElseIsPassedOn() throws IOException {
        var udp = new Rule("udp", 5353, 5354, "10.0.0.0/16", null);
        apply(vpc.router(udp, new Rule("udp", 5353, 5354, "10.0.2.0/24", null)), balanced(false, BESIDE));
        assertThat(ask("far", 40_002, NODE)).isEqualTo("beside saw 10.0.2.41:40002");
        assertThat(ask("near", 40_002, NODE)).isEqualTo("nothing");

        apply(vpc.router(udp, new Rule("udp", 5353, 5354, null, vpc.balancer)), balanced(false, BEYOND));
        assertThat(ask("near", 40_003, NODE)).isEqualTo("beyond saw 10.0.1.41:40003");
        assertThat(ask("world", 40_003, vpc.nodePublic)).isEqualTo("beyond saw " + vpc.world.address() + ":40003");
        assertThat(DatagramReflector.ask(lab.entry, lab.guest(vpc.near), 40_004, "10.0.2.31", 5354, "x"))
                .as("directly")
                .isEqualTo("nothing");
        assertThat(DatagramReflector.ask(lab.entry, lab.guest(vpc.near), 40_005, NODE, 54, "x"))
                .as("no listener's port")
                .isEqualTo("nothing");
    }

    @Test
    void withoutAListenerItPassesNothingOn() throws IOException {
        apply(vpc.router(ALL, ALL), balanced(false, BESIDE));
        assertThat(setting("net.ipv4.ip_forward")).isEqualTo("1");
        assertThat(setting("net.netfilter.nf_conntrack_udp_timeout_stream")).isEqualTo("120");

        apply(vpc.router(ALL, ALL), vpc.appliance(List.of(80), false));
        assertThat(setting("net.ipv4.ip_forward")).isEqualTo("0");
        assertThat(ask("far", 40_006, NODE)).isEqualTo("nothing");
    }

    private Set<String> told(int port, int flows) throws IOException {
        var names = new HashSet<String>();
        for (int flow = 0; flow < flows; flow++) {
            names.add(ask("far", port + flow, NODE).split(" ")[0]);
        }
        return names;
    }

    /** Who saw whom; what was said must come back whole. */
    private String ask(String client, int port, String address) throws IOException {
        var namespace =
                switch (client) {
                    case "near" -> lab.guest(vpc.near);
                    case "far" -> lab.guest(vpc.far);
                    default -> vpc.world.namespace();
                };
        var nonce = UUID.randomUUID().toString();
        var heard = DatagramReflector.ask(lab.entry, namespace, port, address, PORT, nonce);
        assertThat(heard).matches("nothing|.* say " + nonce);
        return heard.replace(" say " + nonce, "");
    }

    private static String name(Endpoint target) {
        return target.equals(BESIDE) ? "beside" : "beyond";
    }

    private Appliance balanced(boolean byAddress, Endpoint... targets) {
        return vpc.appliance(List.of(), true, new Balanced(PORT, byAddress, List.of(targets)));
    }

    private void apply(Router router, Appliance appliance) throws IOException {
        if (reflectors.isEmpty()) {
            vpc.boot(router, appliance);
            reflectors.add(new DatagramReflector(lab.entry, lab.guest(vpc.beside), "beside", BESIDE.port()));
            reflectors.add(new DatagramReflector(lab.entry, lab.guest(vpc.beyond), "beyond", BEYOND.port()));
        }
        lab.apply(router);
        lab.apply(router, appliance);
        assertThat(lab.planFor(appliance).describe()).isEmpty();
        assertThat(lab.planFor(router).describe()).isEmpty();
    }

    private String setting(String name) {
        return lab.run("ip", "netns", "exec", vpc.appliance(List.of(), true).namespace(), "sysctl", "-n", name)
                .strip();
    }
}

package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tap's way from the root namespace into its VPC. Needs root. */
class PortsHostIT {
    private final Lab lab = new Lab();
    private final String subnet = lab.id("subnet", "a");
    private final Router router = new Router(
            lab.id("vpc", "v"),
            lab.owner(),
            List.of("10.0.0.0/16"),
            new Router.Dns(true, "home-1.compute.internal"),
            null,
            List.of(new Router.Subnet(subnet, "10.0.1.0/24", 1400)),
            List.of(),
            List.of(),
            Map.of());
    private final Port port = new Port(
            lab.id("eni", "1"),
            router.vpcId(),
            subnet,
            "02:00:00:00:00:01",
            Port.Type.TAP,
            new OwnerTag(lab.owner().installationId(), "minicloud-host-lab", "hostinterface", lab.run));
    private Process machine;

    @AfterEach
    void cleanUp() throws Exception {
        if (machine != null) {
            machine.destroyForcibly().waitFor();
        }
        if (lab.links.find(null, port.name()).isPresent()) {
            lab.run("ip", "link", "delete", port.name());
        }
        lab.close();
    }

    @Test
    void waitsForItsMachineMovesInAndIsMadeAnewWhenTheMachineIsGone() throws Exception {
        lab.apply(router);
        pass(false);
        assertThat(ports().observe(port).outside()).isPresent();
        assertThat(ports().observe(port).inside()).isEmpty();
        assertThat(ports().plan(port, ports().observe(port), false).describe())
                .as("nothing to do while no machine has opened it")
                .isEmpty();

        open();
        pass(false);
        var observed = ports().observe(port);
        assertThat(ports().isAttached(port, observed)).isTrue();
        assertThat(observed.outside()).isEmpty();
        assertThat(observed.inside().orElseThrow().mtu()).isEqualTo(1400);
        assertThat(ports().plan(port, observed, true).isEmpty()).isTrue();

        machine.destroyForcibly().waitFor();
        await().until(() -> !ports().observe(port).inside().orElseThrow().carrier());
        assertThat(ports().plan(port, ports().observe(port), true).isEmpty())
                .as("a machine that is said to run keeps its port")
                .isTrue();
        pass(false);
        assertThat(ports().observe(port).outside()).as("a fresh one").isPresent();
        assertThat(ports().observe(port).inside()).isEmpty();

        new PlanExecutor(Checkpoint.NONE).execute("test", ports().removal(port, ports().observe(port)));
        assertThat(ports().observe(port).outside()).isEmpty();
    }

    @Test
    void aForeignLinkIsNeverTouched() {
        lab.apply(router);
        lab.run("ip", "tuntap", "add", port.name(), "mode", "tap");

        assertThat(ports().conflict(port, ports().observe(port))).isPresent();
        assertThat(ports().removal(port, ports().observe(port)).isEmpty()).isTrue();
    }

    private Ports ports() {
        return lab.ports;
    }

    private void pass(boolean running) {
        new PlanExecutor(Checkpoint.NONE).execute("test", ports().plan(port, ports().observe(port), running));
    }

    /** What QEMU does: opens the tap by its name and keeps it. */
    private void open() throws IOException {
        machine = new ProcessBuilder(
                        "socat",
                        "-u",
                        "TUN,tun-name=" + port.name() + ",tun-type=tap,iff-no-pi",
                        "OPEN:/dev/null,wronly")
                .redirectErrorStream(true)
                .start();
        await().until(() -> lab.links.find(null, port.name()).orElseThrow().carrier());
    }
}

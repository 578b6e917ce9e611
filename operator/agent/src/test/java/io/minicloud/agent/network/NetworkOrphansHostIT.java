package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.process.MachineView;
import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routers and ports that were forgotten, in the real kernel. Needs root. */
class NetworkOrphansHostIT {
    private final Lab lab = new Lab();
    private final String subnet = lab.id("subnet", "a");
    private final Router router = router("100.127.253.0/31");
    private final Port port = new Port(
            lab.id("eni", "1"),
            router.vpcId(),
            subnet,
            "02:00:00:00:00:01",
            Port.Type.TAP,
            new OwnerTag(lab.owner().installationId(), "minicloud-host-lab", "hostinterface", lab.run));
    private final String foreign = "lab-foreign-" + lab.run.substring(0, 4);
    private final List<String> left = new ArrayList<>();
    private @Nullable Process machine;

    @TempDir
    private Path run;

    private Dnsmasq dnsmasq;
    private NetworkOrphans orphans;

    @BeforeEach
    void makeARouterWithAPort() throws IOException {
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        dnsmasq = new Dnsmasq(lab.commands, new NamedNamespaces(MachineView.direct()), run);
        orphans = new NetworkOrphans(
                lab.stack,
                new NamedNamespaces(MachineView.direct()),
                dnsmasq,
                lab.owner().installationId(),
                lab.owner().hostNamespace(),
                left::add);
        lab.apply(router);
        new PlanExecutor(Checkpoint.NONE).execute("test", dnsmasq.plan(router));
        pass();
        // What another installation and a person have here.
        lab.own(foreign);
        lab.links.createNamespace(foreign, "other/minicloud-host-lab/hostnetwork/x");
    }

    @AfterEach
    void cleanUp() throws Exception {
        if (machine != null) {
            machine.destroyForcibly().waitFor();
        }
        new PlanExecutor(Checkpoint.NONE).execute("test", dnsmasq.removal(router.vpcId()));
        if (lab.links.find(null, port.name()).isPresent()) {
            lab.run("ip", "link", "delete", port.name());
        }
        lab.close();
    }

    @Test
    void whatIsWantedStays() {
        assertThat(plan(Set.of(router.vpcId()), Set.of(port.interfaceId()))).isEmpty();
    }

    @Test
    void aPortThatNobodyAsksForGoesAndItsRouterStays() {
        assertThat(plan(Set.of(router.vpcId()), Set.of())).containsExactly("delete link " + port.name());
        collect(Set.of(router.vpcId()));

        assertThat(lab.links.find(null, port.name())).isEmpty();
        assertThat(lab.links.namespaceExists(router.namespace())).isTrue();
    }

    @Test
    void aRouterThatNobodyAsksForGoesWithAllThatServesIt() {
        collect(Set.of());

        assertThat(left).containsExactly(router.vpcId());
        assertThat(lab.links.namespaceExists(router.namespace())).isFalse();
        assertThat(lab.links.namespaceExists(foreign)).isTrue();
        assertThat(run.resolve("dnsmasq").resolve(router.vpcId())).doesNotExist();
        await("the service link")
                .until(() ->
                        lab.links.find(null, ServiceLink.nameOf(router.vpcId())).isEmpty());
        assertThat(plan(Set.of(), Set.of())).isEmpty();
    }

    @Test
    void aGatewayThatNobodyAsksForGoesAndOneThatIsWantedStays() {
        var othersAtEdge = lab.links.list(null).keySet().stream()
                .anyMatch(link -> link.startsWith(InternetGateway.AT_EDGE_PREFIX));
        var gateway = new InternetGateway(lab.id("igw", "g"), Map.of("10.0.1.11", "198.18.1.79"));
        lab.apply(router(router.link(), new Routing(List.of(), gateway)));

        assertThat(plan(Set.of(router.vpcId(), gateway.id()), Set.of(port.interfaceId())))
                .isEmpty();
        collect(Set.of(router.vpcId()));
        assertThat(lab.links.namespaceExists(gateway.namespace())).isFalse();
        await("its end in the root namespace")
                .until(() -> lab.links.find(null, gateway.atEdge()).isEmpty());
        assertThat(lab.links.namespaceExists(router.namespace())).isTrue();

        collect(Set.of(router.vpcId()));
        assertThat(lab.filter.listing(null, List.of("ip")).isPresent())
                .as("the rules at the edge, which all gateways of the machine share")
                .isEqualTo(othersAtEdge);
    }

    /** Those of a gateway that is wanted stay; those of one that goes and those that a crash left go, with the rules of their own. */
    @Test
    void answersForAddressesOfTheNetworkGoWithTheirGateway() {
        try (var lan = World.onLan(lab)) {
            var gateway = new InternetGateway(
                    lab.id("igw", "g"),
                    Map.of("10.0.1.11", lan.neighbour(50)),
                    Set.of(new LanAddress(lan.neighbour(50), lan.cable())));
            lab.apply(router(router.link(), new Routing(List.of(), gateway)));
            lab.run("ip", "neigh", "add", "proxy", lan.neighbour(51), "dev", lan.cable(), "protocol", "77");
            lab.run("ip", "neigh", "add", "proxy", lan.neighbour(52), "dev", lan.cable());
            var wanted = Set.of(router.vpcId(), gateway.id());
            assertThat(plan(wanted, Set.of(port.interfaceId())))
                    .containsExactly("answer no more for " + lan.neighbour(51));

            collect(Set.of(router.vpcId()));
            assertThat(lab.run("ip", "neigh", "show", "proxy", "dev", lan.cable())
                            .strip())
                    .as("only what somebody else made")
                    .startsWith(lan.neighbour(52))
                    .doesNotContain("\n");
            assertThat(lab.filter.tables(null)).doesNotContain("ip " + gateway.atEdge());
        }
    }

    @Test
    void anApplianceThatNobodyAsksForGoesAndThenItsPortAndRouter() {
        var end =
                new Port(lab.id("eni", "2"), router.vpcId(), subnet, "02:00:00:00:00:02", Port.Type.VETH, port.owner());
        var appliance = appliance(end);
        new PlanExecutor(Checkpoint.NONE).execute("test", lab.ports.plan(end, lab.ports.observe(end), false));
        new PlanExecutor(Checkpoint.NONE).execute("test", lab.planFor(appliance));

        var wanted = Set.of(router.vpcId(), appliance.id());
        assertThat(plan(wanted, Set.of(port.interfaceId(), end.interfaceId()))).isEmpty();
        assertThat(plan(wanted, Set.of(port.interfaceId())))
                .as("an appliance keeps its port, whoever forgot that")
                .isEmpty();
        assertThat(plan(Set.of(router.vpcId()), Set.of(port.interfaceId(), end.interfaceId())))
                .containsExactly("delete network namespace " + appliance.namespace());

        collect(Set.of());
        await("its end in the router")
                .until(() -> lab.links.find(router.namespace(), end.name()).isEmpty());
        collect(Set.of());
        assertThat(lab.links.namespaceExists(appliance.namespace())).isFalse();
        assertThat(lab.links.namespaceExists(router.namespace())).isFalse();
    }

    @Test
    void aPortThatNoApplianceTookGoesWhenNobodyAsksForIt() {
        var end =
                new Port(lab.id("eni", "2"), router.vpcId(), subnet, "02:00:00:00:00:02", Port.Type.VETH, port.owner());
        new PlanExecutor(Checkpoint.NONE).execute("test", lab.ports.plan(end, lab.ports.observe(end), false));

        var vpcs = Set.of(router.vpcId());
        assertThat(plan(vpcs, Set.of(port.interfaceId(), end.interfaceId()))).isEmpty();
        assertThat(plan(vpcs, Set.of(port.interfaceId()))).containsExactly("delete link " + end.name());
    }

    @Test
    void whatNoVpcCanBeNamedStaysAndHoldsUpNothing() {
        var odd = "mc-vpc-odd-" + lab.run.substring(0, 4);
        lab.own(odd);
        lab.links.createNamespace(odd, lab.owner().toString());

        assertThat(plan(Set.of(router.vpcId()), Set.of(port.interfaceId(), "no id")))
                .isEmpty();
        collect(Set.of());

        assertThat(lab.links.namespaceExists(odd)).isTrue();
        assertThat(lab.links.namespaceExists(router.namespace())).isFalse();
    }

    @Test
    void aMachineKeepsItsPortAndItsRouterWhoeverForgotIt() throws Exception {
        open();
        pass();
        assertThat(lab.links.find(router.namespace(), port.name())).isPresent();

        assertThat(plan(Set.of(), Set.of())).isEmpty();

        machine.destroyForcibly().waitFor();
        await().until(() ->
                !lab.links.find(router.namespace(), port.name()).orElseThrow().carrier());
        collect(Set.of());
        assertThat(lab.links.namespaceExists(router.namespace())).isFalse();
    }

    private Appliance appliance(Port end) {
        return new Appliance(
                lab.id("nat", "n"),
                new OwnerTag(lab.owner().installationId(), lab.owner().hostNamespace(), "hostappliance", lab.run),
                router.vpcId(),
                List.of(new Appliance.Interface(
                        end.interfaceId(),
                        end.mac(),
                        List.of("10.0.1.12"),
                        router.subnets().getFirst())),
                null,
                List.of());
    }

    private List<String> plan(Set<String> vpcs, Set<String> enis) {
        return orphans.plan(orphans.observe(), vpcs, enis).actions().stream()
                .map(action -> action.describe())
                .toList();
    }

    private void collect(Set<String> vpcs) {
        new PlanExecutor(Checkpoint.NONE).execute("test", orphans.plan(orphans.observe(), vpcs, Set.of()));
    }

    private void pass() {
        new PlanExecutor(Checkpoint.NONE).execute("test", lab.ports.plan(port, lab.ports.observe(port), false));
    }

    private Router router(String link) {
        return router(link, Routing.LOCAL);
    }

    private Router router(String link, Routing routing) {
        return new Router(
                lab.id("vpc", "v"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Router.Dns(true, "home-1.compute.internal"),
                link,
                List.of(new Router.Subnet(subnet, "10.0.1.0/24", 1500)),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                routing);
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

package io.minicloud.agent.hostappliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.accesslog.AccessLogs;
import io.minicloud.agent.accesslog.MinioLogBucket;
import io.minicloud.agent.container.Containers;
import io.minicloud.agent.container.PodmanContainers;
import io.minicloud.agent.hostinterface.HostInterfaceReconciler;
import io.minicloud.agent.hostnetwork.RouterCompiler;
import io.minicloud.agent.netlink.NetworkMonitor;
import io.minicloud.agent.network.Appliance;
import io.minicloud.agent.network.NamedNamespaces;
import io.minicloud.agent.network.NamespaceEntry;
import io.minicloud.agent.network.Router;
import io.minicloud.agent.network.RouterObserver;
import io.minicloud.agent.network.RouterPlanner;
import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.proxy.FigureWatch;
import io.minicloud.agent.proxy.Proxies;
import io.minicloud.agent.proxy.ProxyWatch;
import io.minicloud.agent.stage.Agent;
import io.minicloud.agent.stage.CrashPoints;
import io.minicloud.agent.stage.FakeContext;
import io.minicloud.agent.stage.FakeFramework;
import io.minicloud.agent.stage.Kernel;
import io.minicloud.agent.stage.RecordingCommands;
import io.minicloud.agent.stage.Vpc;
import io.minicloud.api.common.Condition;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceSpec;
import io.minicloud.api.host.HostApplianceSpec.SourceNat;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostNetwork;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An appliance and its ports in the real kernel, with an agent that dies between any two steps. Needs root. */
class HostApplianceReconcilerHostIT {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    private final Path nowhere = Path.of("/nonexistent");
    private final AgentSettings settings =
            new AgentSettings("lab", "lab", nowhere, nowhere, nowhere, nowhere, "", "100.64.0.0/16");
    private final RecordingCommands commands = new RecordingCommands();
    private final Kernel kernel = Kernel.by(commands);
    private final Vpc vpc = new Vpc();
    private final HostNetwork network = vpc.network(null, 1);
    private final Router router = new RouterCompiler(settings)
            .compile(network, List.of(vpc.applianceEni(1), vpc.applianceEni(2)), List.of(), List.of());

    private final Containers containers =
            new PodmanContainers(commands, new NamedNamespaces(MachineView.direct()), settings);
    private final Proxies proxies = new Proxies(containers, nowhere);
    private final ProxyWatch watch = new ProxyWatch(proxies);
    private final FigureWatch figures = new FigureWatch(proxies, Clock.systemUTC());
    private final AccessLogs logs = new AccessLogs(
            proxies, new MinioLogBucket(), Path.of("/nonexistent"), AccessLogs.INTERVAL, Clock.systemUTC());
    private final ApplianceProxy proxy = new ApplianceProxy(containers, proxies, watch, figures, logs);

    private NetworkMonitor monitor;

    @BeforeEach
    void makeTheRouter() throws IOException {
        monitor = new NetworkMonitor(new NamespaceEntry(new NamedNamespaces(MachineView.direct())));
        var planner = new RouterPlanner(kernel.links(), kernel.filter());
        var there = new RouterObserver(kernel.stack()).observe(router);
        new PlanExecutor(Checkpoint.NONE).execute("test", planner.plan(router, there));
    }

    @AfterEach
    void cleanUp() {
        monitor.close();
        watch.close();
        figures.close();
        logs.close();
        kernel.forget(namespace());
        kernel.forget(router.namespace());
    }

    @Test
    void aCrashAfterAnyStepIsSurvived() throws Exception {
        assertThat(CrashPoints.survivedInOne(this::story))
                .contains("create network namespace " + namespace(), "delete network namespace " + namespace())
                .anyMatch(action -> action.startsWith("load the rules"))
                .anyMatch(action -> action.startsWith("take mce"))
                .contains("correct eth0", "correct the routes", "delete link eth0");
    }

    @Test
    void atRestNothingIsChanged() throws Exception {
        var eni = vpc.applianceEni(1);
        var appliance = appliance(gateway(350), eni);
        settle(new Agent(), appliance, eni);
        assertThat(reason(appliance)).isEqualTo("Programmed");
        assertThat(appliance.getStatus().networkNamespace()).isEqualTo(namespace());
        commands.clear();

        settle(new Agent(), appliance, eni);

        assertThat(commands.changes()).isEmpty();
    }

    @Test
    void itWaitsForWhatItNamesAndSaysForWhat() throws Exception {
        var eni = vpc.applianceEni(1);
        var appliance = appliance(gateway(350), eni);

        reconcile(appliance, network);
        assertThat(reason(appliance)).as("no interface").isEqualTo("AwaitingInterfaces");
        reconcile(appliance, eni);
        assertThat(reason(appliance)).as("no network").isEqualTo("AwaitingNetwork");
        reconcile(appliance, eni, vpc.network(null, 2));
        assertThat(reason(appliance)).as("no subnet").isEqualTo("AwaitingNetwork");
        assertThat(kernel.links().namespaceExists(namespace())).isFalse();
        reconcile(appliance, eni, network);
        assertThat(reason(appliance)).as("no port").isEqualTo("AwaitingInterfaces");
        assertThat(appliance.getStatus().networkNamespace()).isNull();

        settle(new Agent(), appliance, eni);
        assertThat(reason(appliance)).as("all of it").isEqualTo("Programmed");
    }

    @Test
    void whatCannotBeIsRefusedAndNotMade() throws Exception {
        var tap = vpc.eni(1, null);
        var appliance = appliance(gateway(350), tap);
        reconcile(appliance, tap, network);
        assertThat(condition(appliance, "Accepted").status()).isEqualTo("False");
        assertThat(reason(appliance)).as("a machine's port").isEqualTo("Invalid");

        var foreign = new Vpc().applianceEni(1);
        appliance = appliance(gateway(350), foreign);
        reconcile(appliance, foreign, network);
        assertThat(reason(appliance)).as("of another VPC").isEqualTo("Invalid");
        assertThat(kernel.links().namespaceExists(namespace())).isFalse();
    }

    @Test
    void aNamespaceOfAnotherIsNotTouched() throws Exception {
        kernel.links().createNamespace(namespace(), "other/minicloud-host-lab/hostappliance/x");
        var eni = vpc.applianceEni(1);
        var appliance = appliance(gateway(350), eni);

        settle(new Agent(), appliance, eni);

        assertThat(reason(appliance)).isEqualTo("NameCollision");
        reconciler(new PlanExecutor(Checkpoint.NONE)).cleanup(appliance, FakeContext.of());
        assertThat(kernel.links().list(namespace()).keySet()).containsExactly("lo");
    }

    /** A gateway, then its interfaces and rules changed, its namespace deleted by hand, and nothing forwarded; in the end nothing. */
    private List<Object> story(Agent agent) throws Exception {
        var first = vpc.applianceEni(1);
        var second = vpc.applianceEni(2);
        var appliance = appliance(gateway(350), first);
        settle(agent, appliance, first);
        var made = look(appliance, first);

        change(appliance, gateway(10), first, second);
        settle(agent, appliance, first, second);
        var changed = look(appliance, first, second);

        kernel.forget(namespace());
        await("the other ends go with it").until(() -> ports(first, second)
                .allMatch(port -> kernel.links().find(router.namespace(), port).isEmpty()));
        settle(agent, appliance, first, second);
        var healed = look(appliance, first, second);

        change(appliance, null, second);
        settle(agent, appliance, first, second);
        var still = look(appliance, second);

        agent.settle(executor ->
                reconciler(executor).cleanup(appliance, FakeContext.of()).isRemoveFinalizer());
        awaitNoPort(second);
        for (var eni : List.of(first, second)) {
            agent.settle(executor ->
                    interfaces(executor).cleanup(eni, FakeContext.of()).isRemoveFinalizer());
        }
        assertThat(healed).isEqualTo(changed);
        assertThat(kernel.links().namespaceExists(namespace())).isFalse();
        assertThat(ports(first, second))
                .noneMatch(port -> kernel.links().find(router.namespace(), port).isPresent());
        return List.of(made, changed, still);
    }

    /** They go with the namespace that has their other ends, but a moment later. */
    private void awaitNoPort(HostInterface... enis) {
        await().until(() -> ports(enis).noneMatch(this::isThere));
    }

    private boolean isThere(String port) {
        return kernel.links().find(router.namespace(), port).isPresent();
    }

    private List<Object> look(HostAppliance appliance, HostInterface... enis) {
        assertThat(reason(appliance)).isEqualTo("Programmed");
        var compiled = new ApplianceCompiler(settings).compile(appliance, List.of(enis), Optional.of(network));
        if (!(compiled instanceof Resolution.Resolved<Appliance>(var wanted))) {
            throw new AssertionError(compiled);
        }
        return List.of(appliance.getStatus(), kernel.look(wanted));
    }

    /** Passes of the appliance and of its interfaces, as their events would bring them. */
    private void settle(Agent agent, HostAppliance appliance, HostInterface... enis) throws Exception {
        agent.settle(executor -> {
            var quiet = true;
            for (var eni : enis) {
                quiet &= FakeFramework.keep(eni, interfaces(executor).reconcile(eni, FakeContext.of()));
            }
            var others = Stream.concat(Stream.of(enis), Stream.of(network)).toArray(HasMetadata[]::new);
            return quiet
                    & FakeFramework.keep(appliance, reconciler(executor).reconcile(appliance, FakeContext.of(others)));
        });
    }

    private void reconcile(HostAppliance appliance, HasMetadata... others) {
        FakeFramework.keep(
                appliance, reconciler(new PlanExecutor(Checkpoint.NONE)).reconcile(appliance, FakeContext.of(others)));
    }

    private HostApplianceReconciler reconciler(PlanExecutor executor) {
        return new HostApplianceReconciler(settings, kernel.stack(), monitor, proxy, executor, CLOCK);
    }

    private HostInterfaceReconciler interfaces(PlanExecutor executor) {
        return new HostInterfaceReconciler(settings, kernel.stack(), monitor, executor, CLOCK);
    }

    private HostAppliance appliance(@Nullable SourceNat nat, HostInterface... enis) {
        return FakeFramework.object(new HostAppliance(), vpc.id("nat", "n"), spec(nat, enis));
    }

    private void change(HostAppliance appliance, @Nullable SourceNat nat, HostInterface... enis) {
        appliance.setSpec(spec(nat, enis));
        appliance.getMetadata().setGeneration(appliance.getMetadata().getGeneration() + 1);
    }

    private HostApplianceSpec spec(@Nullable SourceNat nat, HostInterface... enis) {
        return new HostApplianceSpec(
                vpc.id("nat", "n"),
                vpc.vpcId(),
                Stream.of(enis)
                        .map(eni -> new HostApplianceSpec.Interface(
                                eni.getMetadata().getName()))
                        .toList(),
                nat,
                null);
    }

    private static SourceNat gateway(int idleSeconds) {
        return new SourceNat(List.of("10.0.0.0/16"), 1024, 65535, idleSeconds);
    }

    private String namespace() {
        return "mc-" + vpc.id("nat", "n");
    }

    private static Stream<String> ports(HostInterface... enis) {
        return Stream.of(enis).map(eni -> Router.Interface.portOf(eni.getSpec().networkInterfaceId()));
    }

    private static String reason(HostAppliance appliance) {
        return condition(appliance, "Ready").reason();
    }

    private static Condition condition(HostAppliance appliance, String type) {
        return appliance.getStatus().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}

package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.minicloud.agent.process.MachineView;
import io.minicloud.agent.stage.Agent;
import io.minicloud.agent.stage.CrashPoints;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.Plan;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that all VPCs know, by the real dnsmasq and asked from inside of two VPCs with the same addresses. Needs root. */
class SharedNamesHostIT {
    private static final String WEB = "web-0123456789.elb.home-1.minicloud";
    private static final String RESOLVER = "169.254.169.253";

    private final Lab lab = new Lab();
    private final Router one = router("1");
    private final Router other = router("2");

    @TempDir
    private Path run;

    private Dnsmasq dnsmasq;
    private SharedNames names;

    @BeforeEach
    void open() throws Exception {
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        dnsmasq = new Dnsmasq(lab.commands, new NamedNamespaces(MachineView.direct()), run);
        names = names();
    }

    @AfterEach
    void cleanUp() {
        execute(dnsmasq.removal(one.vpcId()));
        execute(dnsmasq.removal(other.vpcId()));
        lab.close();
    }

    @Test
    void everyVpcAnswersForThemAndIsToldOfChangesByTheSameProcess() throws Exception {
        start(one);
        start(other);
        var servers = dnsmasq.servers();
        assertThat(servers).hasSize(2);

        execute(names.plan(Map.of(WEB, List.of("203.0.113.4", "203.0.113.5"))));
        for (var router : List.of(one, other)) {
            awaitAnswer(router, WEB, known("203.0.113.4", "203.0.113.5"));
        }

        execute(names.plan(Map.of(WEB, List.of("203.0.113.5"))));
        for (var router : List.of(one, other)) {
            awaitAnswer(router, WEB, known("203.0.113.5"));
        }
        assertThat(names.plan(Map.of(WEB, List.of("203.0.113.5"))).describe()).isEmpty();

        execute(names.plan(Map.of()));
        for (var router : List.of(one, other)) {
            awaitAnswer(router, WEB, nothing(DnsAnswer.NO_SUCH_NAME));
            assertThat(ask(router, ipName(router), DnsAnswer.ADDRESS)).isEqualTo(known("10.0.1.11"));
        }
        assertThat(dnsmasq.servers()).isEqualTo(servers);
    }

    @Test
    void whatIsNotThereIsAskedOfNobody() throws Exception {
        start(one);
        execute(names.plan(Map.of(WEB, List.of("203.0.113.4"))));

        awaitAnswer(one, WEB, known("203.0.113.4"));
        assertThat(ask(one, "no-" + WEB, DnsAnswer.ADDRESS)).isEqualTo(nothing(DnsAnswer.NO_SUCH_NAME));
        assertThat(ask(one, "example.com", DnsAnswer.ADDRESS)).isEqualTo(nothing(DnsAnswer.REFUSED));
    }

    @Test
    void whoStartsLaterKnowsThemToo() throws Exception {
        execute(names.plan(Map.of(WEB, List.of("203.0.113.4"))));

        start(one);

        awaitAnswer(one, WEB, known("203.0.113.4"));
    }

    @Test
    void aCrashAfterAnyStepIsSurvived() throws Exception {
        start(one);

        assertThat(CrashPoints.survivedInOne(this::story)).contains("reload every dnsmasq");
    }

    private List<DnsAnswer> story(Agent agent) throws Exception {
        var answers = new ArrayList<DnsAnswer>();
        for (var addresses :
                List.of(List.of("203.0.113.4", "203.0.113.5"), List.of("203.0.113.5"), List.<String>of())) {
            agent.settle(executor -> {
                executor.execute("test", names().plan(Map.of(WEB, addresses)));
                return true;
            });
            awaitAnswer(
                    one,
                    WEB,
                    addresses.isEmpty() ? nothing(DnsAnswer.NO_SUCH_NAME) : known(addresses.toArray(String[]::new)));
            answers.add(ask(one, WEB, DnsAnswer.ADDRESS));
        }
        return answers;
    }

    @Test
    void whatIsNoNameOrNoAddressReachesNoFile() {
        for (var wrong :
                List.of(Map.of(WEB, List.of("203.0.113.4\n10.0.0.1")), Map.of("a b", List.of("203.0.113.4")))) {
            assertThatThrownBy(() -> names.plan(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aStrangersWordIsCorrected() throws Exception {
        start(one);
        var wanted = Map.of(WEB, List.of("203.0.113.4"));
        execute(names.plan(wanted));
        Files.writeString(dnsmasq.sharedNames(), "203.0.113.9 " + WEB + "\n");

        execute(names.plan(wanted));

        awaitAnswer(one, WEB, known("203.0.113.4"));
    }

    @Test
    void anAddressOfTheVpcIsCalledAsTheVpcCallsIt() throws Exception {
        start(one);
        execute(names.plan(Map.of(WEB, List.of("10.0.1.11", "10.0.1.12"))));
        awaitAnswer(one, WEB, known("10.0.1.11", "10.0.1.12"));

        assertThat(ask(one, "11.1.0.10.in-addr.arpa", DnsAnswer.POINTER)).isEqualTo(known(ipName(one)));
    }

    private SharedNames names() {
        var namespaces = new NamedNamespaces(MachineView.direct());
        return new SharedNames(
                lab.commands,
                dnsmasq,
                new NameServerDaemon(lab.commands, namespaces, dnsmasq, run, lab.id("dns", "outside")));
    }

    private void start(Router router) {
        lab.apply(router);
        execute(dnsmasq.plan(router));
        lab.boot(router, router.interfaces().getFirst());
    }

    /** A server that was just started or told may not have read yet. */
    private void awaitAnswer(Router router, String name, DnsAnswer expected) {
        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(ask(router, name, DnsAnswer.ADDRESS)).isEqualTo(expected));
    }

    private DnsAnswer ask(Router router, String name, int type) throws Exception {
        var guest = lab.guest(router.interfaces().getFirst());
        var byTcp = lab.entry.call(guest, () -> DnsAnswer.askByTcp("10.0.0.2", name, type));
        assertThat(lab.entry.call(guest, () -> DnsAnswer.ask(RESOLVER, name, type)))
                .isEqualTo(byTcp);
        return byTcp;
    }

    private static DnsAnswer known(String... texts) {
        return new DnsAnswer(DnsAnswer.KNOWN, List.of(texts), 0);
    }

    private static DnsAnswer nothing(int code) {
        return new DnsAnswer(code, List.of(), 0);
    }

    private static String ipName(Router router) {
        return "ip-10-0-1-11." + router.dns().domain();
    }

    private static void execute(Plan plan) {
        new PlanExecutor(Checkpoint.NONE).execute("test", plan);
    }

    private Router router(String name) {
        var subnet = lab.id("subnet", name);
        return new Router(
                lab.id("vpc", name),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Router.Dns(true, "home-1.compute.internal"),
                null,
                List.of(new Router.Subnet(subnet, "10.0.1.0/24", 1500)),
                List.of(lab.eni(name, subnet, "10.0.1.11", List.of(lab.id("sg", name)), true)),
                List.of(),
                Map.of());
    }
}

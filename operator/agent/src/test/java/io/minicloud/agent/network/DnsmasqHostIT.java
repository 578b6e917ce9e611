package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.MachineView;
import io.minicloud.reconcile.plan.Checkpoint;
import io.minicloud.reconcile.plan.PlanExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases and names by the real dnsmasq, asked by the guest's own programs. Needs root. */
class DnsmasqHostIT {
    private static final String DOMAIN = "home-1.compute.internal";

    private final Lab lab = new Lab();
    private final String subnet = lab.id("subnet", "a");

    @TempDir
    private Path run;

    private Dnsmasq dnsmasq;

    @BeforeEach
    void open() throws Exception {
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        dnsmasq = new Dnsmasq(lab.commands, new NamedNamespaces(MachineView.direct()), run);
    }

    @AfterEach
    void cleanUp() {
        execute(router("10.0.1.11"), true);
        lab.close();
    }

    @Test
    void aGuestGetsItsAddressAndNamesResolve() throws Exception {
        var router = router("10.0.1.11");
        lab.apply(router);
        execute(router, false);
        assertThat(dnsmasq.plan(router).describe()).isEmpty();
        var eni = router.interfaces().getFirst();
        lab.boot(router, eni);

        assertThat(lease(router)).contains("lease of 10.0.1.11 obtained");
        assertThat(resolve(eni, "10.0.0.2", "ip-10-0-1-11.home-1.compute.internal"))
                .containsExactly("10.0.1.11");
        assertThat(resolve(eni, "169.254.169.253", "web.home-1.compute.internal"))
                .containsExactly("10.0.1.11");
    }

    @Test
    void aChangedNameIsServedByTheSameProcess() throws Exception {
        var router = router("10.0.1.11");
        lab.apply(router);
        execute(router, false);
        var pid = pid(router);
        var changed = router("10.0.1.12");
        lab.apply(changed);
        assertThat(dnsmasq.plan(changed).describe()).contains("reload");
        execute(changed, false);
        var eni = changed.interfaces().getFirst();
        lab.boot(changed, eni);

        assertThat(pid(router)).isEqualTo(pid);
        assertThat(resolve(eni, "10.0.0.2", "ip-10-0-1-12.home-1.compute.internal"))
                .containsExactly("10.0.1.12");
        // Another agent process finds the same server.
        assertThat(new Dnsmasq(lab.commands, new NamedNamespaces(MachineView.direct()), run)
                        .plan(changed)
                        .describe())
                .isEmpty();
        execute(changed, true);
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(dnsmasq.removal(router.vpcId()).isEmpty()).isTrue();
    }

    @Test
    void anAddressThatIsGivenToAnotherIsLeasedToThatOne() {
        var before = router("10.0.1.11");
        lab.apply(before);
        execute(before, false);
        lab.boot(before, before.interfaces().getFirst());
        assertThat(lease(before)).contains("lease of 10.0.1.11 obtained");

        var after = router("10.0.1.11", "2");
        lab.apply(after);
        execute(after, false);
        assertThat(dnsmasq.plan(after).describe()).isEmpty();
        lab.boot(after, after.interfaces().getFirst());

        assertThat(lease(after)).contains("lease of 10.0.1.11 obtained");
    }

    /** AWS: without enableDnsHostnames an instance has its name, and nobody resolves it. */
    @Test
    void aGuestIsCalledByANameThatNeedNotResolve() throws Exception {
        var silent = router("10.0.1.11", "1", new Router.Dns(true, DOMAIN, false));
        lab.apply(silent);
        execute(silent, false);
        var eni = silent.interfaces().getFirst();
        lab.boot(silent, eni);

        assertThat(lease(silent, "env")).contains("lease of 10.0.1.11 obtained", "hostname=web", "domain=" + DOMAIN);
        assertThat(resolve(eni, "10.0.0.2", "ip-10-0-1-11." + DOMAIN)).isEmpty();
        assertThat(resolve(eni, "10.0.0.2", "web." + DOMAIN)).isEmpty();
        assertThat(resolve(eni, "10.0.0.2", "web")).isEmpty();

        var speaking = router("10.0.1.11");
        execute(speaking, false);
        assertThat(lease(speaking, "env")).contains("hostname=web", "domain=" + DOMAIN);
        assertThat(resolve(eni, "10.0.0.2", "web." + DOMAIN)).containsExactly("10.0.1.11");
    }

    private String lease(Router router) {
        return lease(router, "true");
    }

    /** What a guest says when it gets its lease, and what a command of its own says then. */
    private String lease(Router router, String command) {
        var script = run.resolve("leased");
        try {
            Files.writeString(script, "#!/bin/sh\n" + command + "\ntrue\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var offer = lab.commands.run(
                Command.of("busybox", "udhcpc", "-i", "eth0", "-n", "-q", "-f", "-t", "3", "-s", script.toString())
                        .inNamespace(lab.guest(router.interfaces().getFirst())));
        return offer.stdout() + offer.stderr();
    }

    private void execute(Router router, boolean remove) {
        new PlanExecutor(Checkpoint.NONE)
                .execute("test", remove ? dnsmasq.removal(router.vpcId()) : dnsmasq.plan(router));
    }

    private long pid(Router router) throws Exception {
        return Long.parseLong(
                Files.readString(run.resolve("dnsmasq").resolve(router.vpcId()).resolve("pid"))
                        .strip());
    }

    private List<String> resolve(Router.Interface eni, String server, String name) throws Exception {
        return lab.entry
                .call(lab.guest(eni), () -> DnsAnswer.ask(server, name, DnsAnswer.ADDRESS))
                .texts();
    }

    private Router router(String address) {
        return router(address, "1");
    }

    private Router router(String address, String number) {
        return router(address, number, new Router.Dns(true, DOMAIN));
    }

    private Router router(String address, String number, Router.Dns dns) {
        var id = lab.id("eni", number);
        return new Router(
                lab.id("vpc", "v"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                dns,
                null,
                List.of(new Router.Subnet(subnet, "10.0.1.0/24", 1500)),
                List.of(new Router.Interface(
                        id,
                        subnet,
                        Router.Interface.portOf(id),
                        "02:00:00:00:00:0" + number,
                        List.of(address),
                        List.of(lab.id("sg", "a")),
                        true,
                        "web")),
                List.of(),
                Map.of());
    }
}

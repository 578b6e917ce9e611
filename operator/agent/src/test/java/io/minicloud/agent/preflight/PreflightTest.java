package io.minicloud.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.network.Ipv4Range;
import io.minicloud.agent.preflight.Finding.Verdict;
import io.minicloud.agent.preflight.MachineFacts.Forwarding;
import io.minicloud.agent.preflight.MachineFacts.Kvm;
import io.minicloud.agent.preflight.MachineFacts.Libvirt;
import io.minicloud.agent.preflight.MachineFacts.Room;
import io.minicloud.agent.preflight.MachineFacts.Route;
import io.minicloud.agent.preflight.Obstacle.Keeper;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightTest {
    private static final Path HOME = Path.of("/var/lib/minicloud");
    private static final String SYSTEM = "qemu+unix:///system?socket=/run/libvirt/libvirt-sock";
    private static final Map<String, String> PROGRAMS = Map.ofEntries(
            Map.entry("qemu-system-x86_64", "QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18+b3)"),
            Map.entry("qemu-img", ""),
            Map.entry("nft", "nftables v1.0.6 (Lester Gooch #5)"),
            Map.entry("ip", "ip utility, iproute2-6.1.0, libbpf 1.1.2"),
            Map.entry("dnsmasq", "Dnsmasq version 2.90  Copyright (c) 2000-2024 Simon Kelley"),
            Map.entry("sysctl", ""),
            Map.entry("nsenter", ""),
            Map.entry("unshare", ""),
            Map.entry("podman", "podman version 4.3.1"),
            Map.entry("runc", ""),
            Map.entry("conmon", ""));
    private static final MachineFacts GOOD = new MachineFacts(
            PROGRAMS,
            new Libvirt("9.0.0", ""),
            new Kvm(true, true, true, "kvm_intel", true),
            new Forwarding(true, false, List.of()),
            List.of(
                    route("0.0.0.0/0", "eth0"),
                    route("192.168.122.0/24", "virbr0"),
                    route("100.64.0.4/31", "mcl0123456789a")),
            new Room(5L, 3072),
            Set.of());

    private final Preflight preflight = new Preflight(settings(SYSTEM));

    @Test
    void saysOfEveryTopicSomethingInItsOrder() {
        var findings = preflight.assess(GOOD);

        assertThat(findings).extracting(Finding::topic).containsExactly(Topic.values());
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.GOOD);
            assertThat(finding.message()).isEmpty();
        });
    }

    @Test
    void doesNotTakeWhatItCannotSeeForGood() {
        var blind = new MachineFacts(null, GOOD.libvirt(), GOOD.kvm(), null, null, new Room(null, 3072), Set.of());

        assertThat(preflight.assess(blind))
                .filteredOn(finding -> finding.verdict() == Verdict.UNKNOWN)
                .extracting(Finding::topic)
                .containsExactly(
                        Topic.PackagesInstalled,
                        Topic.ForwardingAllowed,
                        Topic.AddressRangeFree,
                        Topic.EnoughRoom,
                        Topic.ContainersRun);
        assertThat(preflight.assess(blind)).noneMatch(Finding::blocks);
    }

    @Test
    void namesTheProgramAndThePackagesThatAreMissing() {
        var found = packages(without("dnsmasq", "qemu-img", "nsenter", "unshare"));

        assertThat(found).isEqualTo(finding(Verdict.BLOCKING, PreflightReason.PackagesMissing, found));
        assertThat(found.message())
                .contains("missing: qemu-img, dnsmasq, nsenter, unshare.")
                .endsWith("apt-get install -y --no-install-recommends qemu-utils dnsmasq-base util-linux");
    }

    @ParameterizedTest
    @CsvSource({
        "qemu-system-x86_64,QEMU emulator version 6.2.0 (Debian 1:6.2+dfsg-2ubuntu6),qemu-system-x86",
        "nft,nftables v1.0.2 (Lester Gooch),nftables",
        "ip,'ip utility, iproute2-5.15.0, libbpf 0.5.0',iproute2",
    })
    void advisesWhereAProgramIsOld(String program, String line, String debianPackage) {
        var programs = new HashMap<>(PROGRAMS);
        programs.put(program, line);
        var found = packages(programs);

        assertThat(found.reason()).isEqualTo(PreflightReason.OlderThanTested);
        assertThat(found.blocks()).isFalse();
        assertThat(found.message()).endsWith(" " + debianPackage);
    }

    @ParameterizedTest
    @CsvSource({"nft,nftables v1.1.0", "ip,'ip utility, iproute2-ss190107'", "dnsmasq,Dnsmasq version UNKNOWN"})
    void takesWhatIsNewerOrTellsNoVersion(String program, String line) {
        var programs = new HashMap<>(PROGRAMS);
        programs.put(program, line);

        assertThat(packages(programs).verdict()).isEqualTo(Verdict.GOOD);
    }

    @Test
    void withoutPodmanOnlyLoadBalancersDoNotRun() {
        var facts = with(without("podman", "runc"));

        assertThat(about(Topic.PackagesInstalled, facts).verdict()).isEqualTo(Verdict.GOOD);
        var found = about(Topic.ContainersRun, facts);
        assertThat(found.reason()).isEqualTo(PreflightReason.PackagesMissing);
        assertThat(found.blocks()).isFalse();
        assertThat(found.message()).contains("missing: podman, runc.").endsWith(" podman runc");
    }

    @Test
    void advisesWherePodmanIsOld() {
        var programs = new HashMap<>(PROGRAMS);
        programs.put("podman", "podman version 3.4.4");

        assertThat(about(Topic.ContainersRun, with(programs)).reason()).isEqualTo(PreflightReason.OlderThanTested);
    }

    @Test
    void runsNothingWithoutLibvirt() {
        var found = libvirt(preflight, new Libvirt(null, "no such file"));

        assertThat(found.reason()).isEqualTo(PreflightReason.LibvirtUnreachable);
        assertThat(found.blocks()).isTrue();
        assertThat(found.message()).contains("systemctl enable --now libvirtd", "libvirt-daemon-system");
    }

    @Test
    void knowsTheLibvirtOfHackUp() {
        var own = new Preflight(settings("qemu+unix:///system?socket=" + HOME + "/run/libvirt/libvirt-sock"));

        assertThat(libvirt(own, new Libvirt(null, "no such file")).message()).endsWith("hack/up");
    }

    @ParameterizedTest
    @CsvSource({"8.0.0,OlderThanTested", "9.0.0,Good", "10.7.0,Good"})
    void advisesWhereLibvirtIsOld(String version, PreflightReason reason) {
        assertThat(libvirt(preflight, new Libvirt(version, "")).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "false,false,false,kvm_amd,true,KvmModuleMissing,modprobe kvm_amd",
        "false,false,false,,true,KvmNotOffered,nested",
        "false,true,false,kvm_intel,true,KvmNotPermitted,chgrp kvm /dev/kvm",
        "false,true,true,kvm_intel,false,KvmNotTried,/boot/vmlinuz",
        "false,true,true,,true,KvmBootsNoGuest,dmesg",
        "true,true,false,,false,Good,''",
    })
    void runsSlowlyWithoutKvmAndSaysWhatToTry(
            boolean usable,
            boolean device,
            boolean shared,
            @Nullable String module,
            boolean tried,
            PreflightReason reason,
            String remedy) {
        var found = about(
                Topic.KvmAvailable,
                new MachineFacts(
                        PROGRAMS,
                        GOOD.libvirt(),
                        new Kvm(usable, device, shared, module, tried),
                        GOOD.forwarding(),
                        GOOD.routes(),
                        GOOD.room(),
                        Set.of()));

        assertThat(found.reason()).isEqualTo(reason);
        assertThat(found.message()).contains(remedy);
        assertThat(found.blocks()).isFalse();
    }

    @Test
    void advisesToForward() {
        var found = forwarding(new Forwarding(false, false, List.of()));

        assertThat(found.reason()).isEqualTo(PreflightReason.ForwardingOff);
        assertThat(found.message()).contains("sysctl -w net.ipv4.ip_forward=1");
        assertThat(found.blocks()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "DOCKER,iptables,iptables -I DOCKER-USER -i mcl+ -j ACCEPT",
        "DOCKER,iptables-legacy,iptables-legacy -I DOCKER-USER -i mcl+ -j ACCEPT",
        "UFW,iptables,ufw route allow from 100.64.0.0/16",
        "FIREWALLD,nft,firewall-cmd --permanent --zone=trusted --add-source=100.64.0.0/16 && firewall-cmd --reload",
        "NOBODY,iptables,iptables -I FORWARD -i mcl+ -j ACCEPT",
        "NOBODY,nft,nft insert rule ip filter FORWARD iifname '\"mcl*\"' accept",
    })
    void opensAFirewallInItsOwnWords(Keeper keeper, String program, String command) {
        var found = forwarding(
                new Forwarding(true, false, List.of(new Obstacle(keeper, program, "ip", "filter", "FORWARD"))));

        assertThat(found.reason()).isEqualTo(PreflightReason.FirewallDrops);
        assertThat(found.message()).contains("chain FORWARD of table ip filter", command);
        assertThat(found.blocks()).isFalse();
    }

    @Test
    void namesEveryFirewallThatDrops() {
        var found = forwarding(new Forwarding(
                true,
                false,
                List.of(
                        new Obstacle(Keeper.DOCKER, "iptables", "ip", "filter", "FORWARD"),
                        new Obstacle(Keeper.FIREWALLD, "nft", "inet", "firewalld", "filter_FORWARD"))));

        assertThat(found.message()).contains("DOCKER-USER", "firewall-cmd");
    }

    @Test
    void knowsOldKernelsThatFilterBridgesEverywhere() {
        assertThat(forwarding(new Forwarding(true, true, List.of())).reason())
                .isEqualTo(PreflightReason.BridgesFiltered);
    }

    @ParameterizedTest
    @CsvSource({
        "100.64.0.0/10,tailscale0",
        "100.64.7.9,tailscale0",
        "100.64.0.0/16,''",
        "100.0.0.0/8,eth0",
        "100.64.0.0/31,mclan0",
    })
    void refusesARangeThatIsInUse(String destination, String device) {
        var found = range(destination, device);

        assertThat(found.reason()).isEqualTo(PreflightReason.RangeOverlaps);
        assertThat(found.blocks()).isTrue();
        assertThat(found.message()).contains("MINICLOUD_SERVICE_CIDR").doesNotContain("virsh");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0,eth0",
        "64.0.0.0/2,tun0",
        "0.0.0.0/1,tun0",
        "100.65.0.0/16,eth1",
        "100.64.0.2/31,mcl0123456789a"
    })
    void takesARangeThatIsFree(String destination, String device) {
        assertThat(range(destination, device).verdict()).isEqualTo(Verdict.GOOD);
    }

    @Test
    void offersToGiveUpTheNetworkOfLibvirt() {
        var other = new Preflight(new AgentSettings("", "tower", HOME, HOME, HOME, HOME, SYSTEM, "192.168.0.0/16"));

        var found = about(other, Topic.AddressRangeFree, with(List.of(route("192.168.122.0/24", "virbr0"))));

        assertThat(found.message()).contains("virsh net-destroy default");
    }

    @Test
    void namesAFewOfManyRoutes() {
        var routes = Stream.iterate(0, i -> i + 1)
                .limit(200)
                .map(i -> route("100.64.1." + i, "tailscale0"))
                .toList();

        assertThat(about(Topic.AddressRangeFree, with(routes)).message())
                .contains("100.64.1.0/32 leads by tailscale0, 100.64.1.1/32 leads by tailscale0, 100.64.1.10/32")
                .doesNotContain("100.64.1.2/32");
    }

    @ParameterizedTest
    @CsvSource({"4,3072,DiskTooSmall", "0,1024,DiskTooSmall", "5,3071,MemoryTooSmall", "5,3072,Good"})
    void wantsRoomForAFirstMachine(long freeGiB, int memoryMiB, PreflightReason reason) {
        var found = about(
                Topic.EnoughRoom,
                new MachineFacts(
                        PROGRAMS,
                        GOOD.libvirt(),
                        GOOD.kvm(),
                        GOOD.forwarding(),
                        GOOD.routes(),
                        new Room(freeGiB, memoryMiB),
                        Set.of()));

        assertThat(found.reason()).isEqualTo(reason);
        assertThat(found.blocks()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4})
    void saysTheSameHoweverLittleIsFree(long freeGiB) {
        var facts = new MachineFacts(
                PROGRAMS,
                GOOD.libvirt(),
                GOOD.kvm(),
                GOOD.forwarding(),
                GOOD.routes(),
                new Room(freeGiB, 4096),
                Set.of());

        assertThat(about(Topic.EnoughRoom, facts).message()).contains("less than 5 GiB are free");
    }

    @Test
    void tellsHowNetworkManagersLeaveOurLinksAlone() {
        var facts = new MachineFacts(
                PROGRAMS,
                GOOD.libvirt(),
                GOOD.kvm(),
                GOOD.forwarding(),
                GOOD.routes(),
                GOOD.room(),
                Set.of(NetworkDaemon.NETWORKD, NetworkDaemon.NETWORK_MANAGER));
        var found = about(Topic.LinksUnmanaged, facts);

        assertThat(found.reason()).isEqualTo(PreflightReason.LinksTaken);
        assertThat(found.message()).contains("unmanaged-devices+=interface-name:mc*", "Unmanaged=yes");
        assertThat(found.blocks()).isFalse();
    }

    private Finding packages(Map<String, String> programs) {
        return about(Topic.PackagesInstalled, with(programs));
    }

    private static MachineFacts with(Map<String, String> programs) {
        return new MachineFacts(
                programs, GOOD.libvirt(), GOOD.kvm(), GOOD.forwarding(), GOOD.routes(), GOOD.room(), Set.of());
    }

    private static Finding libvirt(Preflight preflight, Libvirt libvirt) {
        return about(
                preflight,
                Topic.LibvirtReachable,
                new MachineFacts(
                        PROGRAMS, libvirt, GOOD.kvm(), GOOD.forwarding(), GOOD.routes(), GOOD.room(), Set.of()));
    }

    private Finding forwarding(Forwarding forwarding) {
        return about(
                Topic.ForwardingAllowed,
                new MachineFacts(
                        PROGRAMS, GOOD.libvirt(), GOOD.kvm(), forwarding, GOOD.routes(), GOOD.room(), Set.of()));
    }

    private Finding range(String destination, String device) {
        return about(Topic.AddressRangeFree, with(List.of(route(destination, device))));
    }

    private static MachineFacts with(List<Route> routes) {
        return new MachineFacts(PROGRAMS, GOOD.libvirt(), GOOD.kvm(), GOOD.forwarding(), routes, GOOD.room(), Set.of());
    }

    private Finding about(Topic topic, MachineFacts facts) {
        return about(preflight, topic, facts);
    }

    private static Finding about(Preflight preflight, Topic topic, MachineFacts facts) {
        return preflight.assess(facts).stream()
                .filter(finding -> finding.topic() == topic)
                .findFirst()
                .orElseThrow();
    }

    private static Finding finding(Verdict verdict, PreflightReason reason, Finding like) {
        return new Finding(like.topic(), verdict, reason, like.message());
    }

    private static Map<String, String> without(String... programs) {
        var left = new HashMap<>(PROGRAMS);
        List.of(programs).forEach(left::remove);
        return left;
    }

    private static Route route(String destination, String device) {
        return new Route(Ipv4Range.parse(destination), device);
    }

    private static AgentSettings settings(String libvirtUri) {
        return new AgentSettings("", "tower", HOME, HOME, HOME, HOME, libvirtUri, "100.64.0.0/16");
    }
}

package io.minicloud.controller.ec2.elasticip;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.minicloud.api.common.Condition;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.ElasticIpSpec;
import io.minicloud.api.ec2.ElasticIpStatus;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceSpec;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec;
import io.minicloud.api.host.HostInterfaceStatus;
import io.minicloud.controller.publicaddress.Associations;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AssociationRulesTest {
    private static final String PUBLIC = "203.0.113.1";

    private final NetworkInterface web = networkInterface("web");
    private final NetworkInterface spare = networkInterface("spare");
    private final ElasticIp eip = eip("eip", null);

    @Test
    void namingNothingItIsReady() {
        var outcome = AssociationRules.judge(eip, Optional.empty(), List.of());

        assertThat(told(outcome)).isEqualTo("null true NotAssociated");
    }

    @Test
    void whatItNamesMayBeMissing() {
        var missing = new Resolution.Waiting<AssociationTarget>(ElasticIpReason.InstanceNotFound, "none");

        assertThat(told(AssociationRules.judge(eip, Optional.of(missing), List.of())))
                .isEqualTo("null false InstanceNotFound");
    }

    @Test
    void isReadyWhenThePortCarriesThePairAndTheHostSaysSo() {
        var id = Associations.interfaceId(web);

        assertThat(told(target(web, eip))).isEqualTo(id + " true NoPort");
        assertThat(told(target(web, eip, port(web, null, true)))).isEqualTo(id + " false AwaitingHost");
        assertThat(told(target(web, eip, port(web, PUBLIC, false)))).isEqualTo(id + " false AwaitingHost");
        assertThat(told(target(web, eip, port(web, PUBLIC, true)))).isEqualTo(id + " true Programmed");
    }

    @Test
    void whatKeepsAPortFromBeingReachedIsSaid() {
        var port = port(web, PUBLIC, true);
        port.setStatus(new HostInterfaceStatus(
                List.of(
                        new Condition("Programmed", "True", 1L, "", "Programmed", ""),
                        new Condition("Ready", "False", 1L, "", "UplinkNotFound", "no interface enp9s0")),
                1L,
                null,
                null,
                null));
        var outcome = target(web, eip, port);

        assertThat(told(outcome)).isEqualTo(Associations.interfaceId(web) + " false AwaitingHost");
        assertThat(outcome.progress().message()).contains("tower").contains("UplinkNotFound: no interface enp9s0");
    }

    @Test
    void anotherHasTheInterface() {
        assertThat(told(target(web, eip("other", web)))).isEqualTo("null false ResourceAlreadyAssociated");
    }

    @Test
    void withoutAGatewayNothingBeginsAndNothingEnds() {
        var waiting = new AssociationTarget(web, null, "main", false, eip, List.of());

        assertThat(told(AssociationRules.judge(eip, Optional.of(new Resolution.Resolved<>(waiting)), List.of())))
                .isEqualTo("null false GatewayNotAttached");
        var before = eip("eip", web);
        assertThat(told(AssociationRules.judge(before, Optional.of(new Resolution.Resolved<>(waiting)), List.of())))
                .isEqualTo(Associations.interfaceId(web) + " false GatewayNotAttached");
    }

    @Test
    void isNeverOnTwoPorts() {
        var before = eip("eip", web);
        var carrier = port(web, PUBLIC, true);
        var target = new AssociationTarget(spare, null, "main", true, before, List.of());
        Optional<Resolution<AssociationTarget>> moved = Optional.of(new Resolution.Resolved<>(target));

        assertThat(told(AssociationRules.judge(before, moved, List.of(carrier))))
                .isEqualTo(Associations.interfaceId(web) + " false MovingAddress");
        assertThat(told(AssociationRules.judge(before, Optional.empty(), List.of(carrier))))
                .isEqualTo(Associations.interfaceId(web) + " false MovingAddress");
        assertThat(told(AssociationRules.judge(before, moved, List.of())))
                .isEqualTo(Associations.interfaceId(spare) + " true NoPort");
    }

    @Test
    void anInterfaceHasTheAddressOfOneThatSaysSoAndStillNamesIt() {
        var holder = eip("z", web);
        var rival = eip("a", null);

        assertThat(Associations.winner(web, List.of(rival, holder))).contains(holder);
        assertThat(Associations.associated(web, List.of(rival, holder))).contains(holder);
        assertThat(Associations.associated(web, List.of(rival))).isEmpty();
        holder.setSpec(new ElasticIpSpec(null, null, new LocalRef("spare-eth0"), null));
        assertThat(Associations.winner(web, List.of(rival, holder))).contains(rival);
        assertThat(Associations.associated(web, List.of(rival, holder))).isEmpty();
    }

    @Test
    void anInstanceIsReachedThroughItsPrimaryInterface() {
        var byName = eip("eip", null);
        byName.setSpec(new ElasticIpSpec(null, null, new LocalRef("web-eth0"), null));
        var second = networkInterface("web");
        second.setSpec(new NetworkInterfaceSpec(
                new LocalRef("a"),
                null,
                null,
                null,
                null,
                new NetworkInterfaceSpec.Attachment(new LocalRef("web"), null, null, 1, true),
                null,
                null,
                null,
                null));

        assertThat(Associations.names(eip, web)).isTrue();
        assertThat(Associations.names(byName, web)).isTrue();
        assertThat(Associations.names(eip, spare)).isFalse();
        assertThat(Associations.names(eip, second)).isFalse();
    }

    @Test
    void oneThatANatGatewayHasStaysThereWhateverItNamesItself() {
        var nat = networkInterface("nat");
        nat.setSpec(new NetworkInterfaceSpec(
                new LocalRef("a"),
                null,
                null,
                false,
                null,
                new NetworkInterfaceSpec.Attachment(null, new LocalRef("nat"), null, 0, true),
                null,
                null,
                null,
                null));
        var id = Associations.interfaceId(nat);

        assertThat(told(target(nat, eip, port(nat, PUBLIC, true)))).isEqualTo(id + " false ResourceAlreadyAssociated");
        eip.setSpec(new ElasticIpSpec(null, null, null, null));
        assertThat(told(target(nat, eip, port(nat, PUBLIC, true)))).isEqualTo(id + " true Programmed");
        String refused = Judgement.fold(
                AssociationRules.free(eip, nat), found -> "free", (reason, message) -> reason + ": " + message);
        assertThat(refused).startsWith("OperationNotPermitted").contains("NatGateway nat");
        assertThat(AssociationRules.free(eip, web)).isEqualTo(new Resolution.Resolved<>(web));
    }

    @Test
    void onlyTheAddressThatALoadBalancerMadeIsItsInterfaces() {
        var node = networkInterface("node");
        node.setSpec(new NetworkInterfaceSpec(
                new LocalRef("a"),
                null,
                null,
                true,
                null,
                new NetworkInterfaceSpec.Attachment(null, null, new LocalRef("lb"), 0, true),
                null,
                null,
                null,
                null));
        node.getMetadata().setOwnerReferences(madeBy("uid-lb"));
        eip.setSpec(
                new ElasticIpSpec(null, null, new LocalRef(node.getMetadata().getName()), null));

        assertThat(Associations.names(eip, node)).isFalse();
        String refused = Judgement.fold(
                AssociationRules.free(eip, node), found -> "free", (reason, message) -> reason + ": " + message);
        assertThat(refused).startsWith("OperationNotPermitted").contains("LoadBalancer lb");
        eip.getMetadata().setOwnerReferences(madeBy("uid-of-another"));
        assertThat(Associations.names(eip, node)).isFalse();

        eip.getMetadata().setOwnerReferences(madeBy("uid-lb"));
        assertThat(Associations.names(eip, node)).isTrue();
        assertThat(AssociationRules.free(eip, node)).isEqualTo(new Resolution.Resolved<>(node));
    }

    private static List<OwnerReference> madeBy(String uid) {
        return List.of(new OwnerReferenceBuilder()
                .withKind("LoadBalancer")
                .withName("lb")
                .withUid(uid)
                .withController(true)
                .build());
    }

    @Test
    void isInUseByTheGatewaysThatNameItAndByThePortThatCarriesIt() {
        var gateway = new NatGateway();
        gateway.setMetadata(new ObjectMetaBuilder().withName("nat").build());
        var carrier = port(web, PUBLIC, true);

        assertThat(AssociationRules.inUse(List.of(gateway), List.of(carrier))).hasValueSatisfying(waiting -> {
            assertThat(waiting.reason()).isEqualTo(ElasticIpReason.DependencyViolation);
            assertThat(waiting.message()).contains("NatGateway nat");
        });
        assertThat(AssociationRules.inUse(List.of(), List.of(carrier)))
                .hasValueSatisfying(
                        waiting -> assertThat(waiting.reason()).isEqualTo(ElasticIpReason.RemovingAssociation));
        assertThat(AssociationRules.inUse(List.of(), List.of())).isEmpty();
    }

    private AssociationRules.Outcome target(NetworkInterface eni, ElasticIp winner, HostInterface... ports) {
        var target = new AssociationTarget(eni, null, "main", true, winner, List.of(ports));
        return AssociationRules.judge(eip, Optional.of(new Resolution.Resolved<>(target)), List.of());
    }

    private static String told(AssociationRules.Outcome outcome) {
        var association = outcome.association();
        return (association == null ? null : association.networkInterfaceId()) + " "
                + outcome.progress().done() + " " + outcome.progress().reason();
    }

    private static ElasticIp eip(String name, @Nullable NetworkInterface associated) {
        var eip = new ElasticIp();
        eip.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName(name)
                .withUid("uid-" + name)
                .build());
        eip.setSpec(new ElasticIpSpec(null, new LocalRef("web"), null, null));
        eip.setStatus(new ElasticIpStatus(
                List.of(new Condition("Accepted", "True", 1L, "", "Accepted", "")),
                1L,
                null,
                null,
                PUBLIC,
                "vpc",
                "ipv4pool-ec2-1",
                null,
                associated == null ? null : Associations.interfaceId(associated),
                null,
                null,
                null,
                null));
        return eip;
    }

    private static NetworkInterface networkInterface(String instance) {
        var eni = new NetworkInterface();
        eni.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName(instance + "-eth0")
                .withUid("uid-" + instance)
                .build());
        eni.setSpec(new NetworkInterfaceSpec(
                new LocalRef("a"),
                null,
                null,
                null,
                null,
                new NetworkInterfaceSpec.Attachment(new LocalRef(instance), null, null, 0, true),
                null,
                null,
                null,
                null));
        eni.setStatus(new NetworkInterfaceStatus(
                null,
                null,
                null,
                null,
                null,
                "10.0.1.4",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
        return eni;
    }

    private static HostInterface port(NetworkInterface eni, @Nullable String publicIp, boolean programmed) {
        var port = new HostInterface();
        port.setMetadata(new ObjectMetaBuilder()
                .withNamespace("minicloud-host-tower")
                .withName(Associations.interfaceId(eni))
                .withGeneration(1L)
                .build());
        port.setSpec(new HostInterfaceSpec(
                Associations.interfaceId(eni),
                "vpc-1",
                "subnet-1",
                "02:00:00:00:00:01",
                List.of("10.0.1.4"),
                List.of("sg-1"),
                true,
                "Tap",
                null,
                publicIp == null ? null : List.of(new HostInterfaceSpec.PublicAddress("10.0.1.4", publicIp))));
        port.setStatus(new HostInterfaceStatus(
                List.of(new Condition("Programmed", programmed ? "True" : "False", 1L, "", "Test", "")),
                1L,
                null,
                null,
                null));
        return port;
    }
}

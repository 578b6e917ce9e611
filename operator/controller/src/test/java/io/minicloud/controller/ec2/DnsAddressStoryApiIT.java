package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.DnsServer;
import io.minicloud.api.host.DnsServerSpec;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.ec2.addresspool.AddressPoolReconciler;
import io.minicloud.controller.ec2.elasticip.ElasticIpReconciler;
import io.minicloud.controller.ec2.internetgateway.InternetGatewayReconciler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The address of a pool at which hosts answer for names, against a real API server. */
class DnsAddressStoryApiIT extends AccountStory {
    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.alone(
            Quotas.DEFAULT,
            parts -> List.of(
                    new InternetGatewayReconciler(parts.settings(), parts.clock()),
                    new AddressPoolReconciler(parts.executor(), parts.clock()),
                    new ElasticIpReconciler(parts.settings(), parts.executor(), parts.clock())));

    DnsAddressStoryApiIT() {
        super(CONTROLLER);
    }

    @Test
    void hostsAreToldOfTheAddressAndNobodyElseGetsIt() {
        enrol("dns", "home-1a");
        pool("cidrBlocks: [198.51.100.0/30], dnsAddress: 198.51.100.0");
        told(new DnsServerSpec("198.51.100.0", "Routed", null));
        soon(() -> assertThat(get(AddressPool.class, "pool").getStatus().availableAddressCount())
                .isEqualTo(3));

        for (var name : List.of("one", "two", "three")) {
            ec2("ElasticIp", name, "");
            condition(ElasticIp.class, name, "Accepted", "True", "Accepted");
            assertThat(get(ElasticIp.class, name).getStatus().publicIp()).isNotEqualTo("198.51.100.0");
        }
        ec2("ElasticIp", "four", "");
        condition(ElasticIp.class, "four", "Accepted", "False", "InsufficientAddressCapacity");
        // It would take what is given back next.
        delete(ElasticIp.class, "four");
        gone(ElasticIp.class, "four");

        var taken = get(ElasticIp.class, "two").getStatus().publicIp();
        pool("cidrBlocks: [198.51.100.0/30], dnsAddress: " + taken);
        assertThat(condition(AddressPool.class, "pool", "Accepted", "False", "AddressInUse")
                        .message())
                .contains(taken, "ElasticIp " + namespace + "/two");
        told(new DnsServerSpec("198.51.100.0", "Routed", null));

        delete(ElasticIp.class, "two");
        told(new DnsServerSpec(taken, "Routed", null));
        condition(AddressPool.class, "pool", "Accepted", "True", "Accepted");
        ec2("ElasticIp", "four", "");
        condition(ElasticIp.class, "four", "Accepted", "True", "Accepted");
        assertThat(get(ElasticIp.class, "four").getStatus().publicIp()).isEqualTo("198.51.100.0");

        client().resource(servers().getFirst()).delete();
        told(new DnsServerSpec(taken, "Routed", null));

        pool("cidrBlocks: [198.51.100.0/30]");
        toldNothing();

        pool("cidrBlocks: [198.51.100.0/30], dnsAddress: " + taken);
        told(new DnsServerSpec(taken, "Routed", null));
        client().resources(AddressPool.class).withName("pool").delete();
        assertThat(condition(AddressPool.class, "pool", "Ready", "False", "DependencyViolation")
                        .message())
                .contains(namespace + "/one")
                .doesNotContain("AddressPool");
        for (var name : List.of("one", "three", "four")) {
            delete(ElasticIp.class, name);
        }
        gone(AddressPool.class, "pool");
        toldNothing();
        assertThat(client().resources(AddressClaim.class).list().getItems()).isEmpty();
    }

    @Test
    void onTheNetworkOfTheHostsTheyAreToldHowTheyReachIt() {
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: lan}
                spec: {cidrBlocks: [192.0.2.0/28], mode: Lan, uplink: enp1s0, dnsAddress: 192.0.2.3}
                """);

        soon(() -> assertThat(servers())
                .extracting(DnsServer::getSpec)
                .containsExactly(new DnsServerSpec("192.0.2.3", "Lan", "enp1s0")));
        client().resources(AddressPool.class).withName("lan").delete();
        gone(AddressPool.class, "lan");
        toldNothing();
    }

    private void pool(String spec) {
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: pool}
                spec: {%s}
                """.formatted(spec));
    }

    private void told(DnsServerSpec spec) {
        soon(() -> assertThat(servers()).extracting(DnsServer::getSpec).containsExactly(spec));
    }

    private void toldNothing() {
        soon(() -> assertThat(servers()).isEmpty());
    }

    private List<DnsServer> servers() {
        return client().resources(DnsServer.class)
                .inNamespace(Labels.FABRIC_NAMESPACE)
                .list()
                .getItems();
    }
}

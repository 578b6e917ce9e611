package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.host.DnsRecord;
import io.minicloud.api.host.DnsRecordSpec;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostInterface;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.ec2.addresspool.AddressPoolReconciler;
import io.minicloud.controller.ec2.elasticip.ElasticIpReconciler;
import io.minicloud.controller.ec2.internetgateway.InternetGatewayReconciler;
import io.minicloud.controller.elbv2.loadbalancer.LoadBalancerReconciler;
import io.minicloud.controller.objectstore.FakeObjectStore;
import io.minicloud.reconcile.identity.AwsId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the names of load balancers lead, against a real API server; the agent is played by the test. */
class LoadBalancerNameStoryApiIT extends NodeStory {
    /** What the issue asks of the whole way; this is the controller's part of it. */
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private static final int LEASE_SECONDS = 3000;

    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.alone(
            Quotas.DEFAULT,
            parts -> List.of(
                    new InternetGatewayReconciler(parts.settings(), parts.clock()),
                    new AddressPoolReconciler(parts.executor(), parts.clock()),
                    new ElasticIpReconciler(parts.settings(), parts.executor(), parts.clock()),
                    new LoadBalancerReconciler(
                            parts.settings(), parts.executor(), new FakeObjectStore(), ENGINE, parts.clock())));

    LoadBalancerNameStoryApiIT() {
        super(CONTROLLER);
    }

    @Test
    void theNameLeadsToTheNodesThatServe() {
        ready();
        ec2("InternetGateway", "igw", "vpcRef: {name: main}");
        balancer("web", TWO);
        active("web");
        var a = get(ElasticIp.class, name("web", "a")).getStatus().publicIp();
        var b = get(ElasticIp.class, name("web", "b")).getStatus().publicIp();
        leads("web", a, b);
        assertThat(status("web").realizedAs())
                .anyMatch(line -> line.contains("dig +short")
                        && line.contains(status("web").dnsName()));

        fails("web", "a");
        leads("web", b);
        active("web");
        leads("web", a, b);

        fails("web", "a");
        fails("web", "b");
        leads("web", a, b);
        active("web");

        balancer("web", "subnetRefs: [{name: b}, {name: c}]");
        active("web");
        leads("web", b, get(ElasticIp.class, name("web", "c")).getStatus().publicIp());

        client().resource(record("web").orElseThrow()).delete();
        leads("web", b, get(ElasticIp.class, name("web", "c")).getStatus().publicIp());

        var name = status("web").dnsName();
        delete(LoadBalancer.class, "web");
        await().atMost(AT_MOST).untilAsserted(() -> assertThat(find(DnsRecord.class, Labels.FABRIC_NAMESPACE, name))
                .isNull());
    }

    @Test
    void aZoneWithoutAHealthyTargetIsOutOfTheNameUntilNoneHasOne() {
        ready();
        balancer("inner", TWO + ", type: network, scheme: internal");
        active("inner");
        var a = eni("inner", "a").getStatus().privateIpAddress();
        var b = eni("inner", "b").getStatus().privateIpAddress();
        leads("inner", a, b);
        forward("inner");

        healthy("unhealthy", "healthy");
        leads("inner", b);
        healthy("healthy", "healthy");
        leads("inner", a, b);
        healthy("healthy", "initial");
        leads("inner", a);
        healthy("unhealthy", "unhealthy");
        leads("inner", a, b);
    }

    @Test
    void aNodeOnAHostThatNothingIsHeardOfIsOutOfTheName() {
        ready();
        otherHost();
        balancer("web", TWO + ", scheme: internal");
        active("web");
        assertThat(status("web").availabilityZones())
                .extracting(AvailabilityZone::host)
                .containsExactlyInAnyOrder(host, other());
        leads("web", addresses(host, other()));

        beats(other(), Instant.now().minusSeconds(LEASE_SECONDS + 1));
        soon(() -> assertThat(answered("web")).containsExactlyInAnyOrder(addresses(host)));
        beats(other(), Instant.now());
        soon(() -> assertThat(answered("web")).containsExactlyInAnyOrder(addresses(host, other())));
        client().resources(Host.class).withName(other()).delete();
    }

    /** Of both hosts. */
    @Override
    void playAgent() {
        super.playAgent();
        var there = Labels.HOST_NAMESPACE_PREFIX + other();
        client().resources(HostInterface.class)
                .inNamespace(there)
                .list()
                .getItems()
                .forEach(port -> serve(port, ""));
        client().resources(HostAppliance.class)
                .inNamespace(there)
                .list()
                .getItems()
                .forEach(appliance -> serve(appliance, "\"networkNamespace\": \"mc-there\","));
    }

    private String other() {
        return "i" + unique;
    }

    private void otherHost() {
        server().namespace(Labels.HOST_NAMESPACE_PREFIX + other());
        server().apply("""
                apiVersion: host.minicloud.io/v1alpha1
                kind: Host
                metadata: {name: %s}
                spec: {zones: [home-1a, home-1b]}
                """.formatted(other()));
        beats(other(), Instant.now());
        beating(other(), "True");
    }

    private void beats(String name, Instant when) {
        server().apply("""
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {namespace: "minicloud-host-%1$s", name: "%1$s"}
                spec: {holderIdentity: agent, leaseDurationSeconds: %2$d, renewTime: "%3$s.000000Z"}
                """.formatted(name, LEASE_SECONDS, when.toString().substring(0, 19)));
    }

    private String[] addresses(String... hosts) {
        return status("web").availabilityZones().stream()
                .filter(zone -> List.of(hosts).contains(zone.host()))
                .map(zone -> zone.loadBalancerAddresses().getFirst().privateIPv4Address())
                .toArray(String[]::new);
    }

    private void leads(String balancer, String... addresses) {
        await().atMost(AT_MOST)
                .untilAsserted(() -> assertThat(answered(balancer)).containsExactlyInAnyOrder(addresses));
    }

    private List<String> answered(String balancer) {
        return record(balancer)
                .map(DnsRecord::getSpec)
                .map(DnsRecordSpec::addresses)
                .orElse(List.of());
    }

    private Optional<DnsRecord> record(String balancer) {
        return Optional.ofNullable(
                find(DnsRecord.class, Labels.FABRIC_NAMESPACE, status(balancer).dnsName()));
    }

    /** Plays the agent: the container of the node has ended. */
    private void fails(String balancer, String subnet) {
        PlayedAgent.report(
                client(),
                appliance(balancer, subnet),
                "\"networkNamespace\": \"mc-here\", \"conditions\": [%s]"
                        .formatted(PlayedAgent.condition(
                                appliance(balancer, subnet), "Programmed", "False", "ContainerFailed", "it ended")));
    }

    private void forward(String balancer) {
        server().apply("""
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: TargetGroup
                metadata: {name: inner, namespace: %1$s}
                spec: {vpcRef: {name: main}, protocol: TCP, port: 80, targetType: ip}
                ---
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: Listener
                metadata: {name: inner, namespace: %1$s}
                spec:
                  loadBalancerRef: {name: %2$s}
                  port: 80
                  protocol: TCP
                  defaultActions: [{type: forward, targetGroupRef: {name: inner}}]
                """.formatted(namespace, balancer));
        healthy("healthy", "healthy");
        report(get(Listener.class, "inner"), "", "Accepted");
    }

    /** Plays the reconciler of target groups. */
    private void healthy(String inA, String inB) {
        report(
                get(TargetGroup.class, "inner"),
                """
                "vpcId": "%s", "targetHealth": [
                  {"target": {"id": "10.0.1.10", "port": 80, "availabilityZone": "%s"}, "state": "%s", "address": "10.0.1.10"},
                  {"target": {"id": "10.0.2.10", "port": 80, "availabilityZone": "%s"}, "state": "%s", "address": "10.0.2.10"}],
                """.formatted(
                        AwsId.of("vpc", get(Vpc.class, "main").getMetadata().getUid()), zone("a"), inA, zone("b"), inB),
                "Accepted");
    }

    private String zone(String subnet) {
        return get(Subnet.class, subnet).getSpec().availabilityZone();
    }
}

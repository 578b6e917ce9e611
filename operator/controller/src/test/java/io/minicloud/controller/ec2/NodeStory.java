package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostInterface;
import io.minicloud.controller.RunningController;
import io.minicloud.reconcile.condition.Conditions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An account with a network in three zones for the nodes of load balancers; the agent of their host is played. */
abstract class NodeStory extends AccountStory {
    /** Of a load balancer's spec: nodes in two zones. */
    static final String TWO = "subnetRefs: [{name: a}, {name: b}]";

    private static final AtomicInteger RANGES = new AtomicInteger();

    private final String range = "198.18." + RANGES.incrementAndGet();

    NodeStory(RunningController controller) {
        super(controller);
    }

    @BeforeEach
    void network() {
        enrol("elb", "home-1a", "home-1b", "home-1c");
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: pool-%s}
                spec: {cidrBlocks: [%s.0/29]}
                """.formatted(unique, range));
        ec2("Vpc", "main", "cidrBlock: 10.0.0.0/16");
        ec2("Subnet", "a", "vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: home-1a");
        ec2("Subnet", "b", "vpcRef: {name: main}, cidrBlock: 10.0.2.0/27, availabilityZone: home-1b");
        ec2("Subnet", "c", "vpcRef: {name: main}, cidrBlock: 10.0.3.0/24, availabilityZone: home-1c");
        ec2("SecurityGroup", "lb", "vpcRef: {name: main}, description: web");
    }

    /** Nobody else is to be asked which pool is meant, or to be placed on this host. */
    @AfterEach
    void empty() {
        client().resources(LoadBalancer.class).inNamespace(namespace).delete();
        await().atMost(PATIENCE).untilAsserted(() -> {
            playAgent();
            assertThat(client().resources(LoadBalancer.class)
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .isEmpty();
        });
        client().resources(ElasticIp.class).inNamespace(namespace).delete();
        client().resources(AddressPool.class).delete();
        client().resources(Host.class).withName(host).delete();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        client().resources(AddressPool.class).list().getItems())
                .isEmpty());
    }

    /** The host is ready, and its heart beats. */
    void ready() {
        server().apply("""
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {namespace: "%s", name: "%s"}
                spec: {holderIdentity: agent, leaseDurationSeconds: 6000, renewTime: "%s.000000Z"}
                """.formatted(
                        hostNamespace(), host, Instant.now().toString().substring(0, 19)));
        beating("True");
    }

    void balancer(String name, String spec) {
        server().apply("""
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: LoadBalancer
                metadata: {name: %s, namespace: %s}
                spec: {%s}
                """.formatted(name, namespace, spec));
    }

    /** Plays the agent until every node serves. */
    void active(String balancer) {
        soon(() -> {
            playAgent();
            assertThat(Conditions.find(status(balancer), "Ready"))
                    .map(found -> found.status() + " " + found.reason() + " " + found.message())
                    .hasValue("True Programmed ");
            assertThat(Conditions.find(status(balancer), "Programmed"))
                    .map(found -> found.status())
                    .hasValue("True");
        });
        assertThat(status(balancer).state()).isEqualTo("active");
        assertThat(status(balancer).availabilityZones())
                .extracting(AvailabilityZone::state)
                .containsOnly("active");
    }

    /** The host has done all that is asked of it. */
    void playAgent() {
        onHost(HostInterface.class).forEach(port -> serve(port, ""));
        onHost(HostAppliance.class).forEach(appliance -> serve(appliance, "\"networkNamespace\": \"mc-here\","));
    }

    <R extends HasMetadata> List<R> onHost(Class<R> type) {
        return client().resources(type).inNamespace(hostNamespace()).list().getItems();
    }

    void serve(CustomResource<?, ? extends Conditioned> object, String facts) {
        if (object.isMarkedForDeletion()) {
            letGo(object);
        } else if (!Conditions.isTrue(object, "Programmed")) {
            report(object, facts, "Programmed");
        }
    }

    void letGo(HasMetadata object) {
        finalizers(object, "[]");
    }

    void finalizers(HasMetadata object, String finalizers) {
        client().resource(object)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"finalizers\": %s}}".formatted(finalizers));
    }

    LoadBalancerStatus status(String name) {
        return get(LoadBalancer.class, name).getStatus();
    }

    String name(String balancer, String subnet) {
        return balancer + "-" + get(Subnet.class, subnet).getStatus().subnetId();
    }

    NetworkInterface eni(String balancer, String subnet) {
        return get(NetworkInterface.class, name(balancer, subnet));
    }

    HostAppliance appliance(String balancer, String subnet) {
        return onHost(
                HostAppliance.class,
                eni(balancer, subnet).getStatus().networkInterfaceId().replace("eni-", "elb-"));
    }

    @Override
    <R extends HasMetadata> void gone(Class<R> type, String name) {
        soon(() -> {
            playAgent();
            assertThat(get(type, name)).isNull();
        });
    }

    void beating(String ready) {
        client().resources(Host.class)
                .withName(host)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status": {"conditions": [
                          {"type": "Ready", "status": "%s", "reason": "Test", "message": "", "observedGeneration": 1,
                           "lastTransitionTime": "2026-11-21T10:00:00Z"}]}}
                        """.formatted(ready));
    }
}

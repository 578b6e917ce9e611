package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.objectstore.AccessKey;
import io.minicloud.controller.objectstore.ObjectStoreSettings;
import io.minicloud.reconcile.condition.Conditions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An account with a network in three zones for the nodes of load balancers. */
abstract class NodeStory extends ApplianceStory {
    /** Of a load balancer's spec: nodes in two zones. */
    static final String TWO = "subnetRefs: [{name: a}, {name: b}]";

    /** How hosts would reach an S3 engine. */
    static final ObjectStoreSettings ENGINE = new ObjectStoreSettings(
            "http://s3", "http://s3.lab:9000", "home-1", new AccessKey("root", "of it all"), Duration.ofSeconds(1));

    NodeStory(RunningController controller) {
        super(controller);
    }

    @BeforeEach
    void network() {
        enrol("elb", "home-1a", "home-1b", "home-1c");
        pool();
        ec2("Vpc", "main", "cidrBlock: 10.0.0.0/16");
        ec2("Subnet", "a", "vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: home-1a");
        ec2("Subnet", "b", "vpcRef: {name: main}, cidrBlock: 10.0.2.0/27, availabilityZone: home-1b");
        ec2("Subnet", "c", "vpcRef: {name: main}, cidrBlock: 10.0.3.0/24, availabilityZone: home-1c");
        ec2("SecurityGroup", "lb", "vpcRef: {name: main}, description: web");
    }

    @AfterEach
    void end() {
        empty(LoadBalancer.class);
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
}

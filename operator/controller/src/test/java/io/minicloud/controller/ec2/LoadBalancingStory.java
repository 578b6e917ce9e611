package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.acm.Certificate;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.elbv2.TargetGroupStatus.TargetHealth;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostApplianceSpec;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.elbv2.listener.ListenerReconciler;
import io.minicloud.controller.elbv2.listenerrule.ListenerRuleReconciler;
import io.minicloud.controller.elbv2.targetgroup.TargetGroupReconciler;
import io.minicloud.controller.loadbalancing.Estate;
import io.minicloud.controller.loadbalancing.ProxyPlanner;
import io.minicloud.reconcile.identity.AwsId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** An account with a VPC of two zones; the load balancer's reconciler, the Instance's and the agent are played by the test. */
abstract class LoadBalancingStory extends AccountStory {
    private static final AtomicInteger ZONES = new AtomicInteger(800);

    final String zoneA = "home-" + ZONES.incrementAndGet() + "a";
    final String zoneB = "home-" + ZONES.get() + "b";

    LoadBalancingStory(RunningController controller) {
        super(controller);
    }

    static RunningController controller() {
        return RunningController.shared(parts -> List.of(
                new TargetGroupReconciler(parts.settings(), parts.clock()),
                new ListenerReconciler(parts.settings(), parts.executor(), parts.clock()),
                new ListenerRuleReconciler(parts.settings(), parts.clock())));
    }

    @BeforeEach
    void account() {
        enrol("elb", zoneA, zoneB);
        ec2("Vpc", "main", "cidrBlock: 10.0.0.0/16");
        ec2("Subnet", "a", "vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: " + zoneA);
        ec2("Subnet", "b", "vpcRef: {name: main}, cidrBlock: 10.0.2.0/24, availabilityZone: " + zoneB);
        condition(Vpc.class, "main", "Accepted", "True", "Accepted");
    }

    void elbv2(String kind, String name, String spec) {
        server().apply("""
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: %s
                metadata: {name: %s, namespace: %s}
                spec: {%s}
                """.formatted(kind, name, namespace, spec));
    }

    void group(String name, String spec) {
        elbv2("TargetGroup", name, "vpcRef: {name: main}, protocol: HTTP, port: 80, " + spec);
    }

    void listener(String name, int port, String group) {
        elbv2(
                "Listener",
                name,
                "loadBalancerRef: {name: web}, protocol: HTTP, port: %d, defaultActions: [{type: forward, targetGroupRef: {name: %s}}]"
                        .formatted(port, group));
    }

    void rule(String name, String listener, int priority, String group) {
        elbv2("ListenerRule", name, """
                listenerRef: {name: %s}, priority: %d,
                conditions: [{field: path-pattern, values: ["/api/*"]}],
                actions: [{type: forward, targetGroupRef: {name: %s}}]
                """.formatted(listener, priority, group));
    }

    /** An instance that runs in the VPC, by what its reconciler says of it. */
    void instance(String name, String vpc, String zone, String address) {
        ec2("Instance", name, "imageRef: {name: tiny}, instanceType: t3.nano, subnetRef: {name: a}");
        state(name, vpc, zone, address, "running");
    }

    void state(String instance, String vpc, String zone, String address, String state) {
        PlayedAgent.report(
                client(), get(Instance.class, instance), """
                "state": "%s", "vpcId": "%s", "privateIpAddress": "%s",
                "placement": {"availabilityZone": "%s", "host": "%s"}
                """.formatted(state, vpcId(vpc), address, zone, host));
    }

    String vpcId(String vpc) {
        return AwsId.of("vpc", get(Vpc.class, vpc).getMetadata().getUid());
    }

    /** A load balancer with a node in each zone, by what its reconciler says of it. */
    void balancer(String name, String type, String vpc) {
        elbv2("LoadBalancer", name, "type: %s, subnetRefs: [{name: a}, {name: b}]".formatted(type));
        PlayedAgent.report(client(), get(LoadBalancer.class, name), """
                "vpcId": "%s", "loadBalancerArn": "%s",
                "availabilityZones": [{"zoneName": "%s"}, {"zoneName": "%s"}]
                """.formatted(vpcId(vpc), arn(name), zoneA, zoneB));
    }

    static String arn(String balancer) {
        return "arn:aws:elasticloadbalancing:home-1:123456789012:loadbalancer/app/" + balancer + "/0123456789abcdef";
    }

    /** What the load balancer's reconciler tells the hosts now. */
    void tell(String balancer) {
        for (var zone : List.of(zoneA, zoneB)) {
            var made = new HostAppliance();
            made.setMetadata(Derived.onHost(get(LoadBalancer.class, balancer), hostNamespace(), node(balancer, zone)));
            made.setSpec(new HostApplianceSpec(
                    node(balancer, zone),
                    vpcId("main"),
                    List.of(new HostApplianceSpec.Interface("eni-of-" + zone)),
                    null,
                    plan(balancer, zone)));
            server().apply(Serialization.asYaml(made));
        }
    }

    ProxySpec plan(String balancer, String zone) {
        var estate = new Estate(
                all(LoadBalancer.class),
                all(Listener.class),
                all(ListenerRule.class),
                all(TargetGroup.class),
                all(Certificate.class));
        return new ProxyPlanner(estate, Quotas.DEFAULT)
                .plan(get(LoadBalancer.class, balancer), zone, Map.of("site", "site-0123"));
    }

    /** Plays the agents of the nodes: each has done what it was told. */
    void programNodes(String balancer) {
        nodes(balancer).forEach(this::program);
    }

    /** Plays the agent of a node: what its proxy finds of the only target group. */
    void find(String balancer, String zone, String... findings) {
        var targetGroupId = plan(balancer, zone).targetGroups().getFirst().targetGroupId();
        var targets = Stream.of(findings)
                .map(finding -> "{\"targetGroupId\": \"%s\", %s}".formatted(targetGroupId, finding))
                .toList();
        PlayedAgent.report(
                client(),
                onHost(HostAppliance.class, node(balancer, zone)),
                "\"proxy\": {\"targets\": %s}".formatted(targets));
    }

    /** Awaits that the only target of a group is in a state for a reason. */
    TargetHealth health(String group, String state, String reason) {
        soon(() -> assertThat(get(TargetGroup.class, group).getStatus().targetHealth())
                .singleElement()
                .extracting(TargetHealth::state, TargetHealth::reason)
                .containsExactly(state, reason));
        return get(TargetGroup.class, group).getStatus().targetHealth().getFirst();
    }

    private List<HostAppliance> nodes(String balancer) {
        return Stream.of(zoneA, zoneB)
                .map(zone -> onHost(HostAppliance.class, node(balancer, zone)))
                .toList();
    }

    private String node(String balancer, String zone) {
        return AwsId.of("elb", namespace + balancer + zone);
    }

    private <R extends HasMetadata> List<R> all(Class<R> type) {
        return client().resources(type).inNamespace(namespace).list().getItems();
    }
}

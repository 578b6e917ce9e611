package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.elbv2.TargetGroupStatus.TargetHealth;
import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.controller.RunningController;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Target groups against a real API server. */
class TargetGroupStoryApiIT extends LoadBalancingStory {
    private static final String ONE = "targets: [{instanceRef: {name: web-1}}]";

    @RegisterExtension
    static final RunningController CONTROLLER = controller();

    TargetGroupStoryApiIT() {
        super(CONTROLLER);
    }

    @Test
    void aGroupThatNobodyForwardsToHasUnusedTargets() {
        instance("web-1", "main", zoneA, "10.0.1.10");
        group("web", ONE);

        condition(TargetGroup.class, "web", "Ready", "True", "NotInUse");
        var health = health("web", "unused", "Target.NotInUse");
        assertThat(health.target().id()).matches("i-[0-9a-f]{17}");
        assertThat(health.target().port()).isEqualTo(80);
        assertThat(health.target().availabilityZone()).isEqualTo(zoneA);
        var status = get(TargetGroup.class, "web").getStatus();
        assertThat(status.targetGroupArn())
                .matches("arn:aws:elasticloadbalancing:home-1:[0-9]{12}:targetgroup/web/[0-9a-f]{16}");
        assertThat(status.targetGroupId()).matches("tg-[0-9a-f]{17}");
        assertThat(status.vpcId()).isEqualTo(vpcId("main"));
        assertThat(status.loadBalancerArns()).isEmpty();
    }

    @Test
    void whatIsInNoAccountOrNoVpcIsRefused() {
        elbv2("TargetGroup", "lost", "vpcRef: {name: nowhere}, protocol: HTTP, port: 80");
        condition(TargetGroup.class, "lost", "Accepted", "False", "VpcNotFound");
        ec2("Vpc", "nowhere", "cidrBlock: 10.9.0.0/16");
        condition(TargetGroup.class, "lost", "Accepted", "True", "Accepted");

        namespace = server().freshNamespace("stranger");
        group("web", "targets: []");
        condition(TargetGroup.class, "web", "Accepted", "False", "NotAnAccount");
    }

    @Test
    void aTargetIsAsEveryNodeFindsIt() {
        inUse("deregistrationDelaySeconds: 0");
        health("web", "initial", "Elb.RegistrationInProgress");
        condition(TargetGroup.class, "web", "Programmed", "False", "LoadBalancerPending");
        assertThat(get(TargetGroup.class, "web").getStatus().loadBalancerArns()).containsExactly(arn("web"));

        tell("web");

        health("web", "initial", "Elb.InitialHealthChecking");
        condition(TargetGroup.class, "web", "Programmed", "False", "AwaitingHost");
        programNodes("web");
        condition(TargetGroup.class, "web", "Ready", "True", "Programmed");

        find("web", zoneA, finding("Healthy", ""));
        health("web", "healthy", null);
        find("web", zoneB, finding("Initial", ""));
        health("web", "initial", "Elb.InitialHealthChecking");
        find("web", zoneB, finding("Healthy", ""));
        health("web", "healthy", null);
        find("web", zoneA, finding("Unhealthy", ", \"cause\": \"ResponseCodeMismatch\", \"responseCode\": 503"));
        assertThat(health("web", "unhealthy", "Target.ResponseCodeMismatch").description())
                .contains("503");
        find("web", zoneA, finding("Unhealthy", ", \"cause\": \"Timeout\""));
        health("web", "unhealthy", "Target.Timeout");
        find("web", zoneA, finding("Unhealthy", ", \"cause\": \"FailedHealthChecks\""));
        health("web", "unhealthy", "Target.FailedHealthChecks");
        // Of a target that no node proxies, what was found of it is old.
        find("web", zoneA, finding("Healthy", ""));
        health("web", "healthy", null);
    }

    @Test
    void aTargetThatIsTakenOutDrainsAlsoOverARestart() {
        inUse("deregistrationDelaySeconds: 3600");
        tell("web");
        programNodes("web");
        find("web", zoneA, finding("Healthy", ""));
        var id = health("web", "healthy", null).target();

        group("web", "targets: [], deregistrationDelaySeconds: 3600");

        var draining = health("web", "draining", "Target.DeregistrationInProgress");
        assertThat(draining.target()).isEqualTo(id);
        assertThat(targets()).containsExactly(new ProxyTargetGroup.Target("10.0.1.10", 80, true));
        CONTROLLER.restart();
        // Whoever begins anew looks at everything: it has when it answers to this.
        group("other", "targets: []");
        condition(TargetGroup.class, "other", "Ready", "True", "NotInUse");
        assertThat(health("web", "draining", "Target.DeregistrationInProgress").drainsUntil())
                .isEqualTo(draining.drainsUntil());

        group("web", ONE + ", deregistrationDelaySeconds: 1");

        health("web", "healthy", null);
        assertThat(targets()).containsExactly(new ProxyTargetGroup.Target("10.0.1.10", 80, null));

        group("web", "targets: [], deregistrationDelaySeconds: 1");

        soon(() -> assertThat(get(TargetGroup.class, "web").getStatus()).satisfies(status -> {
            assertThat(status.observedGeneration())
                    .isEqualTo(get(TargetGroup.class, "web").getMetadata().getGeneration());
            assertThat(status.targetHealth()).isEmpty();
        }));
        assertThat(targets()).isEmpty();
    }

    @Test
    void anInstanceThatStopsIsLeftOutAndOneThatGoesDrains() {
        inUse("deregistrationDelaySeconds: 3600");
        health("web", "initial", "Elb.RegistrationInProgress");

        state("web-1", "main", zoneA, "10.0.1.10", "stopped");

        assertThat(health("web", "unused", "Target.InvalidState").description()).contains("stopped");
        assertThat(targets()).isEmpty();
        state("web-1", "main", zoneA, "10.0.1.10", "running");
        health("web", "initial", "Elb.RegistrationInProgress");
        assertThat(targets()).hasSize(1);

        state("web-1", "main", zoneA, "10.0.1.10", "shutting-down");

        health("web", "draining", "Target.DeregistrationInProgress");
        condition(TargetGroup.class, "web", "Accepted", "True", "Accepted");
    }

    @Test
    void oneTargetThatMayNotBeDoesNotStopTheOthers() {
        inUse("deregistrationDelaySeconds: 0");
        group("web", "targets: [{instanceRef: {name: web-1}}, {instanceRef: {name: web-2}}]");

        assertThat(condition(TargetGroup.class, "web", "Accepted", "False", "InvalidTarget")
                        .message())
                .contains("Instance web-2", "does not exist");
        assertThat(targets()).hasSize(1);

        ec2("Vpc", "other", "cidrBlock: 10.7.0.0/16");
        condition(Vpc.class, "other", "Accepted", "True", "Accepted");
        instance("web-2", "other", zoneA, "10.7.0.10");
        soon(() -> assertThat(condition(TargetGroup.class, "web", "Accepted", "False", "InvalidTarget")
                        .message())
                .contains("another VPC"));
        assertThat(targets()).hasSize(1);

        state("web-2", "main", zoneB, "10.0.2.10", "running");

        condition(TargetGroup.class, "web", "Accepted", "True", "Accepted");
        assertThat(targets()).hasSize(2);
    }

    @Test
    void anAddressIsInASubnetOfTheVpc() {
        group("web", "targetType: ip, targets: [{id: 10.0.2.10}, {id: 10.0.3.10}]");

        assertThat(condition(TargetGroup.class, "web", "Accepted", "False", "InvalidTarget")
                        .message())
                .contains("10.0.3.10");
        var health = health("web", "unused", "Target.NotInUse");
        assertThat(health.target().id()).isEqualTo("10.0.2.10");
        assertThat(health.target().availabilityZone()).isEqualTo(zoneB);

        ec2("Subnet", "c", "vpcRef: {name: main}, cidrBlock: 10.0.3.0/24, availabilityZone: " + zoneA);

        condition(TargetGroup.class, "web", "Accepted", "True", "Accepted");
        soon(() -> assertThat(get(TargetGroup.class, "web").getStatus().targetHealth())
                .extracting(TargetHealth::address)
                .containsExactly("10.0.2.10", "10.0.3.10"));
    }

    @Test
    void aGroupThatSomebodyForwardsToStays() {
        inUse("deregistrationDelaySeconds: 0");
        group("idle", "targets: []");
        condition(TargetGroup.class, "idle", "Ready", "True", "NotInUse");
        delete(TargetGroup.class, "idle");
        gone(TargetGroup.class, "idle");

        delete(TargetGroup.class, "web");

        assertThat(condition(TargetGroup.class, "web", "Ready", "False", "ResourceInUse")
                        .message())
                .contains("Listener http");
        state("web-1", "main", zoneA, "10.0.1.10", "stopped");
        health("web", "unused", "Target.InvalidState");
        delete(Listener.class, "http");
        gone(TargetGroup.class, "web");
    }

    /** A group with one target, to which a listener forwards. */
    private void inUse(String attributes) {
        instance("web-1", "main", zoneA, "10.0.1.10");
        balancer("web", "application", "main");
        group("web", ONE + ", " + attributes);
        listener("http", 80, "web");
        condition(Listener.class, "http", "Accepted", "True", "Accepted");
        soon(() -> assertThat(get(TargetGroup.class, "web").getStatus().loadBalancerArns())
                .isNotEmpty());
    }

    private static String finding(String state, String more) {
        return "\"address\": \"10.0.1.10\", \"port\": 80, \"state\": \"%s\"%s".formatted(state, more);
    }

    private List<ProxyTargetGroup.Target> targets() {
        return plan("web", zoneA).targetGroups().getFirst().targets();
    }
}

package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.minicloud.api.acm.Certificate;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.TargetGroup;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.controller.RunningController;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Listeners and their rules against a real API server. */
class ListenerStoryApiIT extends LoadBalancingStory {
    @RegisterExtension
    static final RunningController CONTROLLER = controller();

    ListenerStoryApiIT() {
        super(CONTROLLER);
    }

    @Test
    void aListenerAndItsRuleAreInForceWhenEveryNodeHasThem() {
        listener("http", 80, "web");
        rule("api", "http", 10, "web");
        assertThat(condition(Listener.class, "http", "Accepted", "False", "LoadBalancerNotFound")
                        .message())
                .contains("LoadBalancer web");
        condition(ListenerRule.class, "api", "Accepted", "False", "ListenerNotAccepted");
        balancer("web", "application", "main");
        condition(Listener.class, "http", "Accepted", "False", "TargetGroupNotFound");

        group("web", "targets: []");

        condition(Listener.class, "http", "Programmed", "False", "LoadBalancerPending");
        condition(ListenerRule.class, "api", "Programmed", "False", "LoadBalancerPending");
        tell("web");
        condition(Listener.class, "http", "Programmed", "False", "AwaitingHost");
        programNodes("web");
        condition(Listener.class, "http", "Ready", "True", "Programmed");
        condition(ListenerRule.class, "api", "Ready", "True", "Programmed");
        var listener = get(Listener.class, "http").getStatus();
        assertThat(listener.loadBalancerArn()).isEqualTo(arn("web"));
        assertThat(listener.listenerArn())
                .matches(arn("web").replace(":loadbalancer/", ":listener/") + "/[0-9a-f]{16}");
        assertThat(get(ListenerRule.class, "api").getStatus().ruleArn())
                .matches(listener.listenerArn().replace(":listener/", ":listener-rule/") + "/[0-9a-f]{16}");

        rule("api", "http", 20, "web");

        condition(ListenerRule.class, "api", "Programmed", "False", "AwaitingHost");
        condition(Listener.class, "http", "Ready", "True", "Programmed");
        tell("web");
        programNodes("web");
        condition(ListenerRule.class, "api", "Ready", "True", "Programmed");
    }

    @Test
    void aPortHasOneListenerAndAPriorityOneRule() {
        balancer("web", "application", "main");
        group("web", "targets: []");
        listener("first", 80, "web");
        condition(Listener.class, "first", "Accepted", "True", "Accepted");
        listener("a-late-one", 80, "web");
        assertThat(condition(Listener.class, "a-late-one", "Accepted", "False", "DuplicateListener")
                        .message())
                .contains("Listener first", "80");
        listener("beside", 81, "web");
        condition(Listener.class, "beside", "Accepted", "True", "Accepted");
        rule("api", "first", 10, "web");
        condition(ListenerRule.class, "api", "Accepted", "True", "Accepted");
        rule("a-late-rule", "first", 10, "web");
        assertThat(condition(ListenerRule.class, "a-late-rule", "Accepted", "False", "PriorityInUse")
                        .message())
                .contains("ListenerRule api", "10");
        rule("of-another", "beside", 10, "web");
        condition(ListenerRule.class, "of-another", "Accepted", "True", "Accepted");

        delete(ListenerRule.class, "api");
        condition(ListenerRule.class, "a-late-rule", "Accepted", "True", "Accepted");
        delete(Listener.class, "first");

        condition(Listener.class, "a-late-one", "Accepted", "True", "Accepted");
        gone(ListenerRule.class, "a-late-rule");
        condition(ListenerRule.class, "of-another", "Accepted", "True", "Accepted");
    }

    @Test
    void anEditThatIsRefusedLeavesInForceWhatWas() {
        balancer("web", "application", "main");
        group("web", "targets: []");
        group("other", "targets: []");
        listener("http", 80, "web");
        listener("beside", 81, "other");
        rule("api", "http", 10, "web");
        condition(Listener.class, "http", "Accepted", "True", "Accepted");
        condition(Listener.class, "beside", "Accepted", "True", "Accepted");
        condition(ListenerRule.class, "api", "Accepted", "True", "Accepted");
        var before = plan("web", zoneA);

        listener("http", 81, "web");
        assertThat(condition(Listener.class, "http", "Accepted", "False", "DuplicateListener")
                        .message())
                .contains("Listener beside", "stays in force");
        rule("api", "http", 10, "nowhere");
        condition(ListenerRule.class, "api", "Accepted", "False", "TargetGroupNotFound");

        assertThat(get(Listener.class, "http").getStatus().inForce().port()).isEqualTo(80);
        assertThat(plan("web", zoneA)).isEqualTo(before);
        delete(TargetGroup.class, "web");
        assertThat(condition(TargetGroup.class, "web", "Ready", "False", "ResourceInUse")
                        .message())
                .contains("ListenerRule api", "Listener http");

        listener("http", 82, "other");
        rule("api", "http", 10, "other");

        condition(Listener.class, "http", "Accepted", "True", "Accepted");
        condition(ListenerRule.class, "api", "Accepted", "True", "Accepted");
        gone(TargetGroup.class, "web");
        assertThat(plan("web", zoneA).listeners())
                .extracting(ProxyListener::port)
                .containsExactly(81, 82);
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        balancer("web", "network", "main");
        group("web", "targets: []");
        listener("http", 80, "web");
        assertThat(condition(Listener.class, "http", "Accepted", "False", "UnsupportedProtocol")
                        .message())
                .contains("TCP and TLS");
        elbv2(
                "Listener",
                "tcp",
                "loadBalancerRef: {name: web}, protocol: TCP, port: 81, defaultActions: [{type: forward, targetGroupRef: {name: web}}]");
        condition(Listener.class, "tcp", "Accepted", "False", "InvalidConfigurationRequest");
        elbv2("TargetGroup", "tcp", "vpcRef: {name: main}, protocol: TCP, port: 80");
        elbv2(
                "Listener",
                "tcp",
                "loadBalancerRef: {name: web}, protocol: TCP, port: 81, defaultActions: [{type: forward, targetGroupRef: {name: tcp}}]");
        condition(Listener.class, "tcp", "Accepted", "True", "Accepted");
        elbv2("TargetGroup", "udp", "vpcRef: {name: main}, protocol: UDP, port: 53");
        elbv2(
                "Listener",
                "udp",
                "loadBalancerRef: {name: web}, protocol: UDP, port: 53, defaultActions: [{type: forward, targetGroupRef: {name: tcp}}]");
        condition(Listener.class, "udp", "Accepted", "False", "InvalidConfigurationRequest");
        elbv2(
                "Listener",
                "udp",
                "loadBalancerRef: {name: web}, protocol: UDP, port: 53, defaultActions: [{type: forward, targetGroupRef: {name: udp}}]");
        condition(Listener.class, "udp", "Accepted", "True", "Accepted");
        rule("api", "tcp", 10, "web");
        condition(ListenerRule.class, "api", "Accepted", "False", "InvalidConfigurationRequest");
    }

    /** AWS: instances see the client if nobody says otherwise; datagrams always come from the client. */
    @Test
    void theNodesOfANetworkLoadBalancerAreToldWhoseAddressTargetsSee() {
        balancer("web", "network", "main");
        wire("instances", "TCP", 80, "");
        wire("addresses", "TCP", 443, ", targetType: ip, proxyProtocolV2: true");
        wire("datagrams", "UDP", 53, "");

        assertThat(plan("web", zoneA).targetGroups())
                .extracting(
                        ProxyTargetGroup::protocol,
                        ProxyTargetGroup::preserveClientAddress,
                        ProxyTargetGroup::proxyProtocol)
                .containsExactlyInAnyOrder(
                        tuple("TCP", true, null), tuple("TCP", null, true), tuple("UDP", null, null));
        assertThat(plan("web", zoneA).preservesClientAddresses()).isTrue();
    }

    private void wire(String name, String protocol, int port, String attributes) {
        elbv2(
                "TargetGroup",
                name,
                "vpcRef: {name: main}, protocol: %s, port: %d%s".formatted(protocol, port, attributes));
        elbv2(
                "Listener",
                name,
                "loadBalancerRef: {name: web}, protocol: %s, port: %d, defaultActions: [{type: forward, targetGroupRef: {name: %s}}]"
                        .formatted(protocol, port, name));
        condition(Listener.class, name, "Accepted", "True", "Accepted");
    }

    @Test
    void aTargetGroupIsInTheVpcOfTheLoadBalancerAndBelongsToIt() {
        ec2("Vpc", "other", "cidrBlock: 10.7.0.0/16");
        condition(Vpc.class, "other", "Accepted", "True", "Accepted");
        balancer("web", "application", "main");
        balancer("second", "application", "main");
        elbv2("TargetGroup", "far", "vpcRef: {name: other}, protocol: HTTP, port: 80");
        condition(TargetGroup.class, "far", "Accepted", "True", "Accepted");
        listener("http", 80, "far");
        assertThat(condition(Listener.class, "http", "Accepted", "False", "InvalidConfigurationRequest")
                        .message())
                .contains("TargetGroup far", "Vpc other");

        group("web", "targets: []");
        listener("http", 80, "web");
        condition(Listener.class, "http", "Accepted", "True", "Accepted");
        elbv2(
                "Listener",
                "stealing",
                "loadBalancerRef: {name: second}, protocol: HTTP, port: 80, defaultActions: [{type: forward, targetGroupRef: {name: web}}]");

        assertThat(condition(Listener.class, "stealing", "Accepted", "False", "TargetGroupAssociationLimit")
                        .message())
                .contains("LoadBalancer web");
        delete(Listener.class, "http");
        condition(Listener.class, "stealing", "Accepted", "True", "Accepted");
    }

    @Test
    void aListenerThatEncryptsWaitsForItsCertificate() {
        balancer("web", "application", "main");
        group("web", "targets: []");
        elbv2("Listener", "https", """
                loadBalancerRef: {name: web}, protocol: HTTPS, port: 443, certificateRefs: [{name: site}],
                defaultActions: [{type: forward, targetGroupRef: {name: web}}]
                """);
        assertThat(condition(Listener.class, "https", "Accepted", "False", "CertificateNotFound")
                        .message())
                .contains("Certificate site");
        assertThat(get(Listener.class, "https").getStatus().sslPolicy()).isEqualTo("ELBSecurityPolicy-2016-08");

        server().apply("""
                apiVersion: acm.minicloud.io/v1alpha1
                kind: Certificate
                metadata: {name: site, namespace: %s}
                spec: {domainName: shop.lab}
                """.formatted(namespace));

        // What is not judged yet wakes nobody, and the story has no reconciler of certificates.
        report(get(Certificate.class, "site"), "", "Accepted");
        condition(Listener.class, "https", "Programmed", "False", "CertificatePending");
        report(get(Certificate.class, "site"), "\"certificateSecretName\": \"site-certificate\",", "Accepted");
        condition(Listener.class, "https", "Programmed", "False", "LoadBalancerPending");
        tell("web");
        programNodes("web");
        condition(Listener.class, "https", "Ready", "True", "Programmed");
    }
}

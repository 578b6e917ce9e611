package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.minicloud.api.acm.Certificate;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.acm.certificate.CertificateReconciler;
import io.minicloud.controller.elbv2.listener.ListenerReconciler;
import io.minicloud.controller.elbv2.loadbalancer.LoadBalancerReconciler;
import io.minicloud.controller.objectstore.FakeObjectStore;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Certificates on their way to the nodes of load balancers, against a real API server; the agent is played by the test. */
class NodeCertificateStoryApiIT extends NodeStory {
    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.alone(parts -> List.of(
            new CertificateReconciler(parts.settings(), parts.executor(), parts.clock()),
            new ListenerReconciler(parts.settings(), parts.executor(), parts.clock()),
            new LoadBalancerReconciler(
                    parts.settings(), parts.executor(), new FakeObjectStore(), ENGINE, parts.clock())));

    NodeCertificateStoryApiIT() {
        super(CONTROLLER);
    }

    @BeforeEach
    void serving() {
        ready();
        balancer("web", TWO + ", scheme: internal");
        certificate("site");
        certificate("next");
        condition(Certificate.class, "site", "Ready", "True", "Issued");
        condition(Certificate.class, "next", "Ready", "True", "Issued");
    }

    @Test
    void eachNodeHasTheCertificatesOfItsListenersAndNoMore() {
        listener("site");
        soon(() -> assertThat(secretNames("a")).hasSize(1));
        active("web");

        assertThat(secret(secretNames("a").getFirst())).satisfies(secret -> {
            assertThat(secret.getData().keySet()).isEqualTo(Set.of("tls.crt", "tls.key"));
            assertThat(secret.getImmutable()).isTrue();
        });
        assertThat(secretNames("b")).hasSize(1).doesNotContainAnyElementsOf(secretNames("a"));
    }

    /** What a node may still read stays until it has answered. */
    @Test
    void anotherCertificateTakesThePlaceOfOneOnceTheNodeHasIt() {
        listener("site");
        soon(() -> assertThat(secretNames("a")).hasSize(1));
        active("web");
        var before = secretNames("a").getFirst();

        listener("next");
        soon(() -> assertThat(secretNames("a")).hasSize(1).doesNotContain(before));
        assertThat(secret(before)).isNotNull();

        active("web");
        soon(() -> assertThat(secret(before)).isNull());
        assertThat(secret(secretNames("a").getFirst())).isNotNull();
    }

    @Test
    void nothingOfThemStaysBehindALoadBalancer() {
        listener("site");
        soon(() -> assertThat(secretNames("a")).hasSize(1));
        active("web");
        var brought = secretNames("a").getFirst();

        delete(LoadBalancer.class, "web");
        gone(LoadBalancer.class, "web");

        assertThat(secret(brought)).isNull();
        assertThat(get(Secret.class, "site-certificate")).isNotNull();
    }

    private List<String> secretNames(String subnet) {
        return appliance("web", subnet).getSpec().proxy().listeners().stream()
                .map(ProxyListener::tls)
                .flatMap(tls -> tls.secretNames().stream())
                .toList();
    }

    private Secret secret(String name) {
        return client().secrets().inNamespace(hostNamespace()).withName(name).get();
    }

    private void certificate(String name) {
        server().apply("""
                apiVersion: acm.minicloud.io/v1alpha1
                kind: Certificate
                metadata: {name: %s, namespace: %s}
                spec: {domainName: shop.lab}
                """.formatted(name, namespace));
    }

    private void listener(String certificate) {
        server().apply("""
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: Listener
                metadata: {name: https, namespace: %s}
                spec:
                  loadBalancerRef: {name: web}
                  port: 443
                  protocol: HTTPS
                  certificateRefs: [{name: %s}]
                  defaultActions: [{type: fixed-response, fixedResponseConfig: {statusCode: "404"}}]
                """.formatted(namespace, certificate));
    }
}

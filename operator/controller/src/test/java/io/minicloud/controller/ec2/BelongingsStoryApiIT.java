package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.ListenerRule;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.elbv2.listener.ListenerReconciler;
import io.minicloud.controller.elbv2.listenerrule.ListenerRuleReconciler;
import io.minicloud.controller.elbv2.loadbalancer.LoadBalancerReconciler;
import io.minicloud.controller.objectstore.FakeObjectStore;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes with a load balancer and with a listener, against a real API server; the agent is played by the test. */
class BelongingsStoryApiIT extends NodeStory {
    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.alone(parts -> List.of(
            new ListenerReconciler(parts.settings(), parts.executor(), parts.clock()),
            new ListenerRuleReconciler(parts.settings(), parts.clock()),
            new LoadBalancerReconciler(
                    parts.settings(), parts.executor(), new FakeObjectStore(), ENGINE, parts.clock())));

    BelongingsStoryApiIT() {
        super(CONTROLLER);
    }

    @BeforeEach
    void serving() {
        ready();
        balancer("web", TWO + ", scheme: internal");
        listener("http", 80);
        rule("api", "http", 10);
        rule("shop", "http", 20);
        condition(ListenerRule.class, "api", "Accepted", "True", "Accepted");
        condition(ListenerRule.class, "shop", "Accepted", "True", "Accepted");
        soon(() ->
                assertThat(get(ListenerRule.class, "api").getStatus().ruleArn()).isNotNull());
        soon(() -> assertThat(get(ListenerRule.class, "shop").getStatus().ruleArn())
                .isNotNull());
    }

    @Test
    void itsListenersAndTheirRulesGoWithALoadBalancer() {
        var others = get(Listener.class, "http");
        listener("late", 80);
        condition(Listener.class, "late", "Accepted", "False", "DuplicateListener");
        rule("of-late", "late", 10);
        condition(ListenerRule.class, "of-late", "Accepted", "False", "ListenerNotAccepted");

        delete(LoadBalancer.class, "web");
        gone(LoadBalancer.class, "web");

        // Nothing of them is left for whoever applies the same files again at once.
        assertThat(find(Listener.class, "http")).isNull();
        assertThat(find(ListenerRule.class, "api")).isNull();
        assertThat(find(ListenerRule.class, "shop")).isNull();
        condition(Listener.class, "late", "Accepted", "False", "LoadBalancerNotFound");
        condition(ListenerRule.class, "of-late", "Accepted", "False", "ListenerNotAccepted");

        balancer("web", TWO + ", scheme: internal");
        listener("http", 81);
        condition(Listener.class, "http", "Accepted", "True", "Accepted");
        condition(Listener.class, "late", "Accepted", "True", "Accepted");
        assertThat(get(Listener.class, "http").getMetadata().getUid())
                .isNotEqualTo(others.getMetadata().getUid());
    }

    @Test
    void itsRulesGoWithAListener() {
        listener("beside", 81);
        rule("of-beside", "beside", 10);
        rule("late", "http", 10);
        condition(ListenerRule.class, "of-beside", "Accepted", "True", "Accepted");
        condition(ListenerRule.class, "late", "Accepted", "False", "PriorityInUse");

        delete(Listener.class, "http");
        gone(Listener.class, "http");

        assertThat(find(ListenerRule.class, "api")).isNull();
        assertThat(find(ListenerRule.class, "shop")).isNull();
        condition(ListenerRule.class, "late", "Accepted", "False", "ListenerNotFound");
        condition(ListenerRule.class, "of-beside", "Accepted", "True", "Accepted");
        condition(Listener.class, "beside", "Accepted", "True", "Accepted");
    }

    private <R extends HasMetadata> R find(Class<R> type, String name) {
        return find(type, namespace, name);
    }

    private void listener(String name, int port) {
        server().apply("""
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: Listener
                metadata: {name: %s, namespace: %s}
                spec:
                  loadBalancerRef: {name: web}
                  port: %d
                  protocol: HTTP
                  defaultActions: [{type: fixed-response, fixedResponseConfig: {statusCode: "404"}}]
                """.formatted(name, namespace, port));
    }

    private void rule(String name, String listener, int priority) {
        server().apply("""
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: ListenerRule
                metadata: {name: %s, namespace: %s}
                spec:
                  listenerRef: {name: %s}
                  priority: %d
                  conditions: [{field: path-pattern, values: ["/api/*"]}]
                  actions: [{type: fixed-response, fixedResponseConfig: {statusCode: "200"}}]
                """.formatted(name, namespace, listener, priority));
    }
}

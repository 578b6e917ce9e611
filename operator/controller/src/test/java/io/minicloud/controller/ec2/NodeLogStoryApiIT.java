package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.host.ProxyAccessLog;
import io.minicloud.api.s3.Bucket;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.certificate.SecretTexts;
import io.minicloud.controller.elbv2.loadbalancer.LoadBalancerReconciler;
import io.minicloud.controller.objectstore.AccessKey;
import io.minicloud.controller.objectstore.FakeObjectStore;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where nodes log to and with which keys, against a real API server; the agent and the Bucket's reconciler are played by the test. */
class NodeLogStoryApiIT extends NodeStory {
    private static final FakeObjectStore KEYS = new FakeObjectStore();
    private static final String LOGGING = TWO
            + ", scheme: internal, attributes: {deletionProtection: false, accessLogs: {bucketRef: {name: %s}, prefix: web}}";

    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.alone(parts ->
            List.of(new LoadBalancerReconciler(parts.settings(), parts.executor(), KEYS, ENGINE, parts.clock())));

    NodeLogStoryApiIT() {
        super(CONTROLLER);
    }

    @BeforeEach
    void hosts() {
        ready();
    }

    @Test
    void eachNodeHasAKeyOfItsOwnForItsFolderAndNoMore() {
        bucket("logs");
        balancer("web", LOGGING.formatted("logs"));
        logging("a");
        active("web");
        condition(LoadBalancer.class, "web", "AccessLogs", "True", "AccessLogsEnabled");

        var log = log("a");
        assertThat(log.bucket()).isEqualTo("logs-of-the-account");
        assertThat(log.prefix()).isEqualTo("web");
        assertThat(log.endpoint()).isEqualTo("http://s3.lab:9000");
        assertThat(log.nodeAddress()).isEqualTo(eni("web", "a").getStatus().privateIpAddress());
        assertThat(log.listeners()).isNull();
        assertThat(status("web").loadBalancerArn()).contains(":" + log.region() + ":" + log.account() + ":");
        var key = key(log);
        assertThat(KEYS.writes(key, "logs-of-the-account", "web/AWSLogs/" + log.account() + "/"))
                .isTrue();
        assertThat(KEYS.works(key, "logs-of-the-account")).isFalse();
        assertThat(key(log("b")).id()).isNotEqualTo(key.id());
        assertThat(secret(log.secretName()).getData().keySet()).isEqualTo(Set.of("accessKeyId", "secretAccessKey"));
    }

    @Test
    void aLogThatIsSwitchedOffOrGoesTakesItsKeyAway() {
        bucket("logs");
        balancer("web", LOGGING.formatted("logs"));
        logging("a");
        active("web");
        var before = log("a");
        var key = key(before);

        balancer("web", TWO + ", scheme: internal");
        soon(() -> assertThat(log("a")).isNull());
        active("web");
        soon(() -> {
            assertThat(secret(before.secretName())).isNull();
            assertThat(KEYS.writes(key, before.bucket(), "web/AWSLogs/" + before.account() + "/"))
                    .isFalse();
        });

        balancer("web", LOGGING.formatted("logs"));
        logging("a");
        active("web");
        var again = log("a");
        var anew = key(again);
        assertThat(anew.secret()).isNotEqualTo(key.secret());
        delete(LoadBalancer.class, "web");
        gone(LoadBalancer.class, "web");
        assertThat(secret(again.secretName())).isNull();
        assertThat(KEYS.writes(anew, again.bucket(), "web/AWSLogs/" + again.account() + "/"))
                .isFalse();
    }

    @Test
    void aBucketThatIsNotThereIsRefusedAndOneThatGoesIsTold() {
        balancer("web", LOGGING.formatted("logs"));
        condition(LoadBalancer.class, "web", "Accepted", "False", "InvalidConfigurationRequest");

        bucket("logs");
        condition(LoadBalancer.class, "web", "Accepted", "True", "Accepted");
        logging("a");
        active("web");
        var before = log("a");

        delete(Bucket.class, "logs");
        gone(Bucket.class, "logs");
        condition(LoadBalancer.class, "web", "AccessLogs", "False", "NoSuchBucket");
        condition(LoadBalancer.class, "web", "Accepted", "True", "Accepted");
        assertThat(log("a")).isEqualTo(before);
        assertThat(key(before)).isNotNull();
    }

    private void logging(String subnet) {
        soon(() -> {
            playAgent();
            assertThat(eni("web", subnet)).isNotNull();
            assertThat(eni("web", subnet).getStatus()).isNotNull();
            assertThat(eni("web", subnet).getStatus().networkInterfaceId()).isNotNull();
            assertThat(appliance("web", subnet)).isNotNull();
            assertThat(log(subnet)).isNotNull();
        });
    }

    private ProxyAccessLog log(String subnet) {
        return appliance("web", subnet).getSpec().proxy().accessLog();
    }

    private AccessKey key(ProxyAccessLog log) {
        var texts = SecretTexts.of(secret(log.secretName()));
        return new AccessKey(texts.get("accessKeyId"), texts.get("secretAccessKey"));
    }

    private Secret secret(String name) {
        return client().secrets().inNamespace(hostNamespace()).withName(name).get();
    }

    /** A bucket, by what its reconciler says of it. */
    private void bucket(String name) {
        server().apply("""
                apiVersion: s3.minicloud.io/v1alpha1
                kind: Bucket
                metadata: {name: %s, namespace: %s}
                spec: {bucketName: logs-of-the-account}
                """.formatted(name, namespace));
        var bucket = get(Bucket.class, name);
        PlayedAgent.report(
                client(), bucket, """
                "bucketName": "logs-of-the-account", "conditions": [%s]
                """.formatted(PlayedAgent.condition(bucket, "Ready", "True", "Programmed", "")));
    }
}

package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** The internal network load balancer of the examples, asked by instances of its VPC by its name. */
final class InternalService {
    private static final String FILE = "docs/examples/internal-nlb.yaml";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Cloud cloud;

    /** Makes it and waits until it serves. */
    InternalService(Cloud cloud) {
        this.cloud = cloud;
        cloud.kubectl("apply", "-f", FILE).succeeded();
        cloud.kubectl(
                        "-n",
                        "lab",
                        "wait",
                        "--for=condition=Ready",
                        "--timeout=120s",
                        "loadbalancer/inside",
                        "listener/inside")
                .succeeded();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(cloud.field("targetgroup/inside", ".status.targetHealth[*].state"))
                        .isEqualTo("healthy healthy"));
    }

    /** Both servers are reached by the one name, and each sees the client's own address. */
    void showsEachServerWhoAsks() {
        asks("inside-client", "inside-clients");
        var client = cloud.field("instance/inside-client", ".status.privateIpAddress");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cloud.console("inside-client"))
                .contains("inside-client: server 1 sees " + client, "inside-client: server 2 sees " + client));
    }

    /** Whom the servers' security group does not let in, the load balancer does not let in either. */
    void turnsGuestsAway() {
        asks("inside-guest", "inside-guests");
        await().atMost(PATIENCE).until(() -> cloud.console("inside-guest").contains("inside-guest: nothing"));
        assertThat(cloud.console("inside-guest")).doesNotContain("sees");
    }

    /** Takes all of it away. */
    void delete() {
        cloud.kubectl("-n", "lab", "delete", "--timeout=90s", "instance/inside-client", "instance/inside-guest")
                .succeeded();
        cloud.kubectl("delete", "--timeout=180s", "--ignore-not-found", "-f", FILE)
                .succeeded();
    }

    private void asks(String instance, String subnet) {
        cloud.launch(
                instance, subnet, "", """
                while sleep 1; do
                      echo "%s: $(timeout 3 wget -q -O - http://%s/cgi-bin/whoami || echo nothing)"
                    done &""".formatted(instance, cloud.field("loadbalancer/inside", ".status.dnsName")));
        cloud.kubectl("-n", "lab", "wait", "--for=condition=Ready", "--timeout=90s", "instance/" + instance)
                .succeeded();
    }
}

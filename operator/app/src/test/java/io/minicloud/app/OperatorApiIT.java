package io.minicloud.app;

import static io.minicloud.app.Installed.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minicloud.api.common.Condition;
import io.minicloud.api.host.Host;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, as its own process under the rights of the chart, against a real API server. */
class OperatorApiIT {
    /** Every reconciler of both brains. A module without its index would lose them in silence. */
    private static final List<String> RECONCILERS = List.of(
            "account",
            "addresspool",
            "bucket",
            "certificate",
            "dnsrecord",
            "dnsserver",
            "elasticip",
            "host",
            "hostappliance",
            "hostdisk",
            "hostimage",
            "hostinterface",
            "hostmachine",
            "hostnetwork",
            "image",
            "instance",
            "instancetype",
            "internetgateway",
            "listener",
            "listenerrule",
            "loadbalancer",
            "managedprefixlist",
            "natgateway",
            "networkacl",
            "networkinterface",
            "routetable",
            "securitygroup",
            "subnet",
            "targetgroup",
            "volume",
            "vpc");

    @TempDir
    private Path folder;

    private Installed installed;

    @BeforeEach
    void install() {
        installed = new Installed(folder);
    }

    @AfterEach
    void remove() throws InterruptedException {
        installed.remove();
    }

    @Test
    void bothBrainsStartTellOfTheHostAndStop() throws Exception {
        var program = installed.start("minicloud.embedded=true");
        program.awaitReady();

        assertThat(names(program.log())).containsExactlyElementsOf(RECONCILERS);
        await().atMost(START).until(() -> host("tower").getStatus() != null);
        var status = host("tower").getStatus();
        assertThat(status.capacity().memoryMiB()).isPositive();
        assertThat(status.conditions()).extracting(Condition::type).contains("Accepted", "Programmed", "Ready");
        assertThat(host("shed").getStatus()).isNull();
        // Seven reconcilers care for subnets, their own twice.
        await().atMost(START).untilAsserted(() -> assertThat(watches("subnets")).isEqualTo(1));
        var renewed = renewTime();
        await().atMost(START).until(() -> !renewTime().equals(renewed));

        assertThat(program.metrics())
                .as("the agent's figures beside the framework's")
                .contains(
                        "# TYPE aws_applicationelb_request_count counter",
                        "# TYPE aws_networkelb_active_flow_count gauge",
                        "# TYPE jvm_threads_live_threads gauge");

        program.process().destroy();
        assertThat(program.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsDoneIsLoggedWithTheFieldsOfItsObject() throws Exception {
        var program = installed.start("minicloud.roles=controller");
        program.awaitLog("this controller leads");
        installed.apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Vpc
                metadata: {name: main, namespace: lab}
                spec: {cidrBlock: 10.0.0.0/16}
                """);

        program.awaitLog("apply SecurityGroup");

        var line = program.log()
                .lines()
                .filter(text -> text.contains("apply SecurityGroup"))
                .findFirst()
                .orElseThrow();
        assertThat(new ObjectMapper().readTree(line).path("mdc").properties())
                .extracting(field -> field.getKey() + " " + field.getValue().textValue())
                .containsExactlyInAnyOrder(
                        "kind Vpc", "namespace lab", "name main", "action apply SecurityGroup lab/main-default");
    }

    @Test
    void bothBrainsInOneProcessAreRefusedAgainstACluster() throws Exception {
        var program = installed.start();

        assertThat(program.process().waitFor(START.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(program.process().exitValue()).isNotZero();
        assertThat(program.log()).contains("minicloud.roles names controller and agent");
    }

    @Test
    void aSecondControllerTakesOverFromOneThatIsStopped() throws Exception {
        var leader = installed.start("minicloud.roles=controller");
        leader.awaitLog("this controller leads");
        var heir = installed.start("minicloud.roles=controller");
        heir.awaitLog("Installed features");

        leader.process().destroy();

        assertThat(leader.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(leader.log()).contains("lease given back");
        heir.awaitLog("this controller leads");
        assertThat(heir.process().isAlive()).isTrue();
    }

    private Host host(String name) {
        return installed.admin().resources(Host.class).withName(name).get();
    }

    private String renewTime() {
        return installed
                .admin()
                .leases()
                .inNamespace("minicloud-host-tower")
                .withName("tower")
                .get()
                .getSpec()
                .getRenewTime()
                .toString();
    }

    /** How many watch a resource, as the API server says. */
    private int watches(String resource) {
        var metric = Pattern.compile(
                        "apiserver_longrunning_requests\\{[^}]*resource=\"" + resource + "\"[^}]*\\} ([0-9]+)")
                .matcher(installed.admin().raw("/metrics"));
        return metric.results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }

    private static List<String> names(String log) {
        var matcher =
                Pattern.compile("reconcilers=\\[([^]]*)\\] minicloud runs").matcher(log);
        assertThat(matcher.find()).as(log).isTrue();
        return List.of(matcher.group(1).split(", "));
    }
}

package io.minicloud.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values the chart refuses, and that it says which value it is and what to do. */
class ChartValuesApiIT {
    private static final String TOWER = "--set-json=hosts=[{\"name\":\"tower\",\"zones\":[\"home-1a\"]}]";

    @Test
    void typicalValuesPassTheStrictestLint() {
        Chart.helm("lint", "--strict", Chart.FOLDER);
        Chart.helm(
                "lint",
                "--strict",
                Chart.FOLDER,
                "--namespace",
                Chart.NAMESPACE,
                TOWER,
                accounts(account("lab", "lab", "111122223333")));
    }

    /** Everything that the schema decides: the path of the value is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            colour=red                           | 'colour'
            region=Home                          | /region
            serviceCidr=everything               | /serviceCidr
            quotas.rulesPerSecurityGroup=201     | /quotas/rulesPerSecurityGroup
            quotas.entriesPerNetworkAcl=0        | /quotas/entriesPerNetworkAcl
            quotas.routesPerRouteTable=501       | /quotas/routesPerRouteTable
            quotas.elasticIps=0                  | /quotas/elasticIps
            quotas.natGatewaysPerZone=0          | /quotas/natGatewaysPerZone
            quotas.cidrBlocksPerVpc=51           | /quotas/cidrBlocksPerVpc
            quotas.loadBalancers=501             | /quotas/loadBalancers
            quotas.targetGroups=3001             | /quotas/targetGroups
            quotas.listenersPerLoadBalancer=51   | /quotas/listenersPerLoadBalancer
            quotas.rulesPerLoadBalancer=201      | /quotas/rulesPerLoadBalancer
            quotas.targetsPerLoadBalancer=1001   | /quotas/targetsPerLoadBalancer
            quotas.domainNamesPerCertificate=101 | /quotas/domainNamesPerCertificate
            image.pull=Always                    | 'pull'
            image.repository=Not an image        | /image/repository
            controller.replicas=0                | /controller/replicas
            controller.resources.limits.memory=x | /controller/resources/limits/memory
            agent.home=relative                  | /agent/home
            agent.port=70000                     | /agent/port
            agent.libvirtSocket=qemu:///system   | /agent/libvirtSocket
            agent.tolerations[0].effect=Never    | /agent/tolerations/0/effect
            s3.endpoint=minio:9000               | /s3/endpoint
            minio.persistence.size=much          | /minio/persistence/size
            minio.service.type=Ingress           | /minio/service/type
            minio.service.nodePort=80            | /minio/service/nodePort
            metrics.agents=maybe                 | /metrics/agents
            networkPolicy.metricsFrom[0].who=me  | 'who'
            catalogue.enabled=1                  | /catalogue/enabled
            """)
    void theSchemaNamesTheValue(String value, String path) {
        assertThat(Chart.refusal(TOWER, "--set", value)).contains("schema").contains(path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{"zones":["home-1a"]}]                                  | 'name'
            [{"name":"Tower","zones":["home-1a"]}]                   | /hosts/0/name
            [{"name":"tower"}]                                       | 'zones'
            [{"name":"tower","zones":[]}]                            | /hosts/0/zones
            [{"name":"tower","zones":["home-1a"],"agent":"Systemd"}] | /hosts/0/agent
            [{"name":"tower","zones":["home-1a"],"node":"a b"}]      | /hosts/0/node
            [{"name":"tower","zones":["home-1a"],"memory":1}]        | 'memory'
            """)
    void theSchemaNamesTheHost(String hosts, String path) {
        assertThat(Chart.refusal("--set-json=hosts=" + hosts))
                .contains("schema")
                .contains(path);
    }

    @Test
    void noHostAtAllIsAnsweredWithAnExample() {
        assertThat(Chart.refusal()).contains("no host is listed").contains("--set-json 'hosts=[");
    }

    @Test
    void aMachineIsOneHost() {
        assertThat(Chart.refusal("--set-json=hosts=[%1$s,%1$s]".formatted(host("tower", "tower"))))
                .contains("two of hosts have the name tower");
        assertThat(Chart.refusal("--set-json=hosts=[%s,%s]".formatted(host("tower", "node-1"), host("shed", "node-1"))))
                .contains("two of hosts are the node node-1")
                .contains("External");
    }

    @Test
    void aZoneIsOfTheRegion() {
        assertThat(Chart.refusal("--set-json=hosts=[{\"name\":\"a\",\"zones\":[\"away-1a\"]}]"))
                .contains("zone away-1a is not in region home-1");
    }

    @Test
    void anAccountSharesNothingWithAnother() {
        var first = account("lab", "lab", "111122223333");

        assertThat(Chart.refusal(TOWER, accounts(first, account("lab", "shop", "111122224444"))))
                .contains("two of accounts have the name lab");
        assertThat(Chart.refusal(TOWER, accounts(first, account("shop", "lab", "111122224444"))))
                .contains("two of accounts have the namespace lab");
        assertThat(Chart.refusal(TOWER, accounts(first, account("shop", "shop", "111122223333"))))
                .contains("two of accounts have the accountId 111122223333");
    }

    @Test
    void theNamespacesOfTheSystemAreNoAccounts() {
        assertThat(Chart.refusal(TOWER, accounts(account("lab", "minicloud-lab", "111122223333"))))
                .contains("reserved");
        assertThat(Chart.refusal(TOWER, accounts(account("lab", "kube-system", "111122223333"))))
                .contains("reserved");
    }

    @Test
    void thereIsOneS3ServerAndItHasCredentials() {
        assertThat(Chart.refusal(TOWER, "--set=s3.endpoint=http://minio.example:9000"))
                .contains("minio.enabled=false");
        assertThat(Chart.refusal(TOWER, "--set=s3.endpoint=http://minio.example:9000", "--set=minio.enabled=false"))
                .contains("s3.existingSecret")
                .contains("config.env");
        assertThat(Chart.refusal(
                        TOWER, "--set=minio.persistence.hostPath=/srv/s3", "--set=minio.persistence.storageClass=fast"))
                .contains("hostPath")
                .contains("storageClass");
    }

    @Test
    void anotherNamespaceThanItsOwnIsAnsweredWithTheCommand() {
        assertThat(Chart.complaint("template", "minicloud", Chart.FOLDER, "--namespace", "default", TOWER))
                .contains("not in default")
                .contains("--namespace minicloud-system --create-namespace");
    }

    private static String host(String name, String node) {
        return "{\"name\":\"%s\",\"node\":\"%s\",\"zones\":[\"home-1a\"]}".formatted(name, node);
    }

    private static String account(String name, String namespace, String id) {
        return "{\"name\":\"%s\",\"namespace\":\"%s\",\"accountId\":\"%s\"}".formatted(name, namespace, id);
    }

    private static String accounts(String... accounts) {
        return "--set-json=accounts=[" + String.join(",", accounts) + "]";
    }
}

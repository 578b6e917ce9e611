package io.minicloud.controller.vpcmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.host.HostNetworkSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VpcCompilerTest {
    private static final HostNetworkSpec.Route WORLD = new HostNetworkSpec.Route("0.0.0.0/0", "InternetGateway", null);
    private static final VpcModel.Port WEB =
            new VpcModel.Port("eni-web", "tower", "subnet-a", List.of("10.0.1.4"), List.of("sg-default"));
    private static final VpcModel.Port DB =
            new VpcModel.Port("eni-db", "attic", "subnet-b", List.of("10.0.2.4"), List.of("sg-default", "sg-new"));

    @Test
    void compilesTheGoldenVpc() throws IOException {
        var model = model(List.of(WEB, DB));

        assertThat(yaml(Map.of("networks", VpcCompiler.networks(model), "members", VpcCompiler.members(model))))
                .isEqualTo(tree(golden("out-two-hosts.yaml")));
    }

    @Test
    void makesNothingWhereNothingHasAPort() {
        assertThat(VpcCompiler.networks(model(List.of()))).isEmpty();
        assertThat(VpcCompiler.members(model(List.of()))).isEmpty();
    }

    @Test
    void theOrderOfWhatIsReadDoesNotMatter() {
        assertThat(VpcCompiler.networks(model(List.of(WEB, DB)))).isEqualTo(VpcCompiler.networks(reversed()));
        assertThat(VpcCompiler.members(model(List.of(WEB, DB)))).isEqualTo(VpcCompiler.members(reversed()));
    }

    private static VpcModel reversed() {
        var model = model(List.of(DB, WEB));
        return new VpcModel(
                model.vpcId(),
                model.cidrBlocks(),
                model.dns(),
                model.subnets().reversed(),
                model.groups().reversed(),
                model.acls().reversed(),
                model.routeTables().reversed(),
                model.internetGatewayId(),
                model.ports());
    }

    private static VpcModel model(List<VpcModel.Port> ports) {
        return new VpcModel(
                "vpc-1",
                List.of("10.0.0.0/16"),
                new HostNetworkSpec.Dns(true, "home-1.compute.internal", true),
                List.of(
                        new VpcModel.Subnet("subnet-a", "10.0.1.0/24"),
                        new VpcModel.Subnet("subnet-b", "10.0.2.0/24"),
                        new VpcModel.Subnet("subnet-empty", "10.0.3.0/24")),
                List.of(
                        new VpcModel.Group("sg-default", List.of(rule(null, "sg-default")), everything()),
                        new VpcModel.Group("sg-new", List.of(), everything()),
                        new VpcModel.Group("sg-unused", List.of(), everything())),
                List.of(acl("acl-web", "subnet-b", "subnet-empty"), acl("acl-unused", "subnet-empty")),
                List.of(
                        table("rtb-public", List.of("subnet-b", "subnet-empty", "subnet-a"), WORLD),
                        table("rtb-unused", List.of("subnet-empty"), WORLD),
                        table("rtb-local", List.of("subnet-a"))),
                "igw-1",
                ports);
    }

    private static HostNetworkSpec.RouteTable table(String id, List<String> subnets, HostNetworkSpec.Route... routes) {
        return new HostNetworkSpec.RouteTable(id, subnets, List.of(routes));
    }

    private static HostNetworkSpec.NetworkAcl acl(String id, String... subnets) {
        return new HostNetworkSpec.NetworkAcl(
                id,
                List.of(subnets),
                List.of(new HostNetworkSpec.AclEntry(100, true, "tcp", 80, 80, "0.0.0.0/0")),
                List.of());
    }

    private static List<HostNetworkSpec.Rule> everything() {
        return List.of(rule("0.0.0.0/0", null));
    }

    private static HostNetworkSpec.Rule rule(@Nullable String range, @Nullable String group) {
        return new HostNetworkSpec.Rule("-1", -1, -1, range, group);
    }

    private static Object yaml(Map<String, ?> result) {
        return tree(Serialization.asYaml(result));
    }

    private static Object tree(String yaml) {
        return Objects.requireNonNullElse(Serialization.unmarshal(yaml, Map.class), Collections.emptyMap());
    }

    private static String golden(String name) throws IOException {
        try (var file = VpcCompilerTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

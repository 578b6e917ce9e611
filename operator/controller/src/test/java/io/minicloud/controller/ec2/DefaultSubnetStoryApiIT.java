package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.controller.RunningController;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Instances that name no subnet, against a real API server; the agent is played by the test.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/work-with-default-vpc.html">Work with your default VPC</a>
 */
class DefaultSubnetStoryApiIT {
    private static final String ANY = "imageRef: {name: tiny}, instanceType: t3.nano";

    private static final int ROOM = 8192;
    private static final int NONE = 0;

    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.ofInstances();

    private static AccountStage stage;

    @BeforeAll
    static void start() {
        stage = new AccountStage(CONTROLLER, "default-subnet");
        stage.host("attic", "home-1a", ROOM);
        stage.host("cellar", "home-1b", ROOM);
        // Another VPC is not the default one, whatever is in it.
        stage.apply("Vpc", "main", "cidrBlock: 10.0.0.0/16");
        stage.apply("Subnet", "a", "vpcRef: {name: main}, cidrBlock: 10.0.1.0/24, availabilityZone: home-1a");
        stage.condition(Subnet.class, "a", "Accepted", "True Accepted");
    }

    @Test
    void anInstanceWithoutASubnetIsLaunchedIntoTheDefaultVpc() {
        stage.apply("Instance", "web", ANY);
        stage.condition(Instance.class, "web", "Accepted", "False VPCIdNotSpecified");
        defaultVpc();
        stage.condition(Instance.class, "web", "Ready", "True Running");
        assertThat(subnetOf("web")).isIn("default-home-1a", "default-home-1b");
        assertThat(stage.get(Instance.class, "web").getStatus().subnetId())
                .isEqualTo(stage.get(Subnet.class, subnetOf("web")).getStatus().subnetId());
        assertThat(stage.get(NetworkInterface.class, "web-eth0").getStatus().securityGroupIds())
                .containsExactly(stage.get(SecurityGroup.class, "default-default")
                        .getStatus()
                        .groupId());

        // A group of another VPC is none of this one.
        stage.apply("Instance", "astray", ANY + ", securityGroupRefs: [{name: main-default}]");
        stage.condition(Instance.class, "astray", "Accepted", "False NetworkInterfaceNotAccepted");
        delete("astray");
        delete("web");
    }

    @Test
    void theZoneIsOneWithRoomAndIsChosenOnce() {
        defaultVpc();
        stage.host("attic", "home-1a", NONE);
        stage.host("cellar", "home-1b", NONE);
        stage.apply("Instance", "first", ANY);
        stage.condition(Instance.class, "first", "Programmed", "False InsufficientInstanceCapacity");
        stage.host("cellar", "home-1b", ROOM);
        stage.condition(Instance.class, "first", "Ready", "True Running");
        assertThat(subnetOf("first")).isEqualTo("default-home-1b");

        var eni = stage.get(NetworkInterface.class, "first-eth0").getMetadata().getUid();
        stage.host("attic", "home-1a", ROOM);
        stage.host("cellar", "home-1b", NONE);
        stage.restart();
        stage.apply("Instance", "second", ANY);
        stage.condition(Instance.class, "second", "Ready", "True Running");
        assertThat(subnetOf("second")).isEqualTo("default-home-1a");
        stage.condition(Instance.class, "first", "Ready", "True Running");
        assertThat(subnetOf("first")).isEqualTo("default-home-1b");
        assertThat(stage.get(NetworkInterface.class, "first-eth0").getMetadata().getUid())
                .isEqualTo(eni);
        delete("first");
        delete("second");
        stage.host("cellar", "home-1b", ROOM);
    }

    @Test
    void withoutADefaultSubnetItWaitsForOne() {
        defaultVpc();
        for (var subnet : List.of("default-home-1a", "default-home-1b")) {
            stage.delete(Subnet.class, subnet);
            gone(Subnet.class, subnet);
        }
        stage.apply("Instance", "late", ANY);
        stage.condition(Instance.class, "late", "Accepted", "False MissingInput");
        stage.delete(Vpc.class, "default");
        gone(Vpc.class, "default");
        stage.condition(Instance.class, "late", "Accepted", "False VPCIdNotSpecified");
        defaultVpc();
        stage.condition(Instance.class, "late", "Ready", "True Running");
        delete("late");
    }

    /** The next story begins without one. */
    @AfterEach
    void withoutADefaultVpc() {
        stage.delete(Vpc.class, "default");
        gone(Vpc.class, "default");
    }

    private static void delete(String instance) {
        stage.delete(Instance.class, instance);
        gone(Instance.class, instance);
        gone(NetworkInterface.class, instance + "-eth0");
    }

    /** With all that it begins with. */
    private static void defaultVpc() {
        stage.apply("Vpc", "default", "cidrBlock: 172.31.0.0/16, isDefault: true");
        stage.condition(Subnet.class, "default-home-1a", "Accepted", "True Accepted");
        stage.condition(Subnet.class, "default-home-1b", "Accepted", "True Accepted");
    }

    private static String subnetOf(String instance) {
        LocalRef ref =
                stage.get(NetworkInterface.class, instance + "-eth0").getSpec().subnetRef();
        return ref.name();
    }

    private static void gone(Class<? extends HasMetadata> type, String name) {
        stage.soon(() -> assertThat(stage.get(type, name)).isNull());
    }
}

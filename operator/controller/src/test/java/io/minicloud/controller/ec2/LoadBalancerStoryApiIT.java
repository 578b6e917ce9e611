package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.SecurityGroup;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.elbv2.Listener;
import io.minicloud.api.elbv2.LoadBalancer;
import io.minicloud.api.elbv2.LoadBalancerStatus;
import io.minicloud.api.elbv2.LoadBalancerStatus.AvailabilityZone;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec.PublicAddress;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.controller.Quotas;
import io.minicloud.controller.RunningController;
import io.minicloud.controller.ec2.addresspool.AddressPoolReconciler;
import io.minicloud.controller.ec2.elasticip.ElasticIpReconciler;
import io.minicloud.controller.ec2.internetgateway.InternetGatewayReconciler;
import io.minicloud.controller.elbv2.loadbalancer.LoadBalancerReconciler;
import io.minicloud.controller.objectstore.FakeObjectStore;
import io.minicloud.reconcile.condition.Conditions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Load balancers against a real API server; the agent is played by the test. */
class LoadBalancerStoryApiIT extends NodeStory {
    private static final int QUOTA = 2;
    /** An account may have no ElasticIp of its own, to see that those of load balancers are outside of that quota. */
    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.alone(
            new Quotas(60, 20, 500, 0, 5, 5, QUOTA, 3000, 50, 100, 1000, 10),
            parts -> List.of(
                    new InternetGatewayReconciler(parts.settings(), parts.clock()),
                    new AddressPoolReconciler(parts.executor(), parts.clock()),
                    new ElasticIpReconciler(parts.settings(), parts.executor(), parts.clock()),
                    new LoadBalancerReconciler(
                            parts.settings(), parts.executor(), new FakeObjectStore(), ENGINE, parts.clock())));

    LoadBalancerStoryApiIT() {
        super(CONTROLLER);
    }

    @Test
    void oneThatFacesTheInternetIsAnInterfaceAnAddressAndAnApplianceInEachSubnet() {
        ready();
        balancer("web", TWO + ", securityGroupRefs: [{name: lb}]");
        assertThat(condition(LoadBalancer.class, "web", "Accepted", "False", "InvalidSubnet")
                        .message())
                .contains("Vpc main has no internet gateway", "attach an InternetGateway");
        assertThat(status("web").state()).isEqualTo("provisioning");
        assertThat(client().resources(NetworkInterface.class)
                        .inNamespace(namespace)
                        .list()
                        .getItems())
                .isEmpty();

        internetGateway();

        soon(() -> {
            assertThat(port("web", "a")).isNotNull();
            assertThat(port("web", "a").getSpec().publicIpAddresses())
                    .containsExactly(
                            new PublicAddress(eni("web", "a").getStatus().privateIpAddress(), publicIp("web", "a")));
            assertThat(appliance("web", "a").getSpec().proxy().listeners()).isEmpty();
            assertThat(appliance("web", "b")).isNotNull();
        });
        assertThat(port("web", "a").getSpec()).satisfies(spec -> {
            assertThat(spec.portType()).isEqualTo("Veth");
            assertThat(spec.securityGroupIds()).containsExactly(groupId("lb"));
            assertThat(spec.sourceDestCheck()).isTrue();
        });
        assertThat(appliance("web", "a").getSpec()).satisfies(spec -> {
            assertThat(spec.applianceId()).matches("elb-[0-9a-f]{17}");
            assertThat(spec.interfaces())
                    .extracting(one -> one.hostInterfaceName())
                    .containsExactly(eni("web", "a").getStatus().networkInterfaceId());
            assertThat(spec.sourceNat()).isNull();
            assertThat(spec.proxy().idleTimeoutSeconds()).isEqualTo(60);
        });
        condition(LoadBalancer.class, "web", "Ready", "False", "NetworkInterfacePending");
        active("web");

        var told = status("web");
        assertThat(told.loadBalancerArn())
                .matches("arn:aws:elasticloadbalancing:home-1:[0-9]{12}:loadbalancer/app/web/[0-9a-f]{16}");
        assertThat(told.dnsName()).matches("web-[0-9]{10}\\.elb\\.home-1\\.minicloud");
        assertThat(told.vpcId()).isEqualTo(get(Subnet.class, "a").getStatus().vpcId());
        assertThat(told.availabilityZones())
                .extracting(AvailabilityZone::zoneName)
                .containsExactly("home-1a", "home-1b");
        assertThat(zone("web", "a")).satisfies(zone -> {
            assertThat(zone.state()).isEqualTo("active");
            assertThat(zone.host()).isEqualTo(host);
            assertThat(zone.loadBalancerAddresses())
                    .containsExactly(new LoadBalancerStatus.Address(
                            publicIp("web", "a"),
                            get(ElasticIp.class, name("web", "a")).getStatus().allocationId(),
                            eni("web", "a").getStatus().privateIpAddress()));
        });
        assertThat(told.realizedAs())
                .filteredOn(line -> line.contains("ip netns exec mc-here"))
                .hasSize(2);
        assertThat(eni("web", "a").getStatus()).satisfies(status -> {
            assertThat(status.interfaceType()).isEqualTo("interface");
            assertThat(status.requesterManaged()).isTrue();
            assertThat(status.description()).matches("ELB app/web/[0-9a-f]{16}");
        });

        ec2("ElasticIp", "mine", "networkInterfaceRef: {name: %s}".formatted(name("web", "a")));
        condition(ElasticIp.class, "mine", "Accepted", "False", "AddressLimitExceeded");
        active("web");
    }

    @Test
    void theTroubleOfOneNodeIsNothingToTheOther() {
        ready();
        balancer("web", TWO + ", scheme: internal");
        active("web");
        var address = eni("web", "b").getStatus().privateIpAddress();

        PlayedAgent.report(
                client(),
                appliance("web", "a"),
                "\"networkNamespace\": \"mc-here\", \"conditions\": [%s]"
                        .formatted(PlayedAgent.condition(
                                appliance("web", "a"), "Programmed", "False", "ContainerFailed", "it ended")));

        assertThat(condition(LoadBalancer.class, "web", "Ready", "False", "AwaitingHost")
                        .message())
                .contains("home-1a", "ContainerFailed: it ended");
        assertThat(status("web").state()).isEqualTo("active_impaired");
        assertThat(zone("web", "a").state()).isEqualTo("impaired");
        assertThat(zone("web", "b").state()).isEqualTo("active");
        active("web");
        assertThat(status("web").dnsName()).startsWith("internal-web-");
        assertThat(eni("web", "b").getStatus().privateIpAddress()).isEqualTo(address);
        assertThat(get(ElasticIp.class, name("web", "b"))).isNull();
    }

    /** Where no admission keeps a user from it. */
    @Test
    void aNodeWhoseInterfaceWasTakenAwayIsMadeAnew() {
        ready();
        internetGateway();
        balancer("web", TWO);
        active("web");
        var kept = eni("web", "a").getMetadata().getUid();
        var lost = eni("web", "b").getMetadata().getUid();
        var appliance = held(appliance("web", "b"));

        delete(NetworkInterface.class, name("web", "b"));

        condition(LoadBalancer.class, "web", "Ready", "False", "RemovingAppliance");
        assertThat(status("web").state()).isEqualTo("active_impaired");
        letGo(appliance);
        soon(() -> {
            playAgent();
            assertThat(get(NetworkInterface.class, name("web", "b")))
                    .isNotNull()
                    .extracting(eni -> eni.getMetadata().getUid())
                    .isNotEqualTo(lost);
        });
        active("web");
        assertThat(eni("web", "a").getMetadata().getUid()).isEqualTo(kept);
        assertThat(port("web", "b").getSpec().publicIpAddresses()).hasSize(1);
    }

    @Test
    void nodesComeAndGoOneByOneWithTheirSubnets() {
        ready();
        internetGateway();
        balancer("web", TWO);
        active("web");
        var kept = get(ElasticIp.class, name("web", "b")).getMetadata().getUid();
        var appliance = held(appliance("web", "a"));
        var port = held(port("web", "a"));
        var leaving = name("web", "a");

        balancer("web", "subnetRefs: [{name: b}, {name: c}]");

        soon(() -> {
            playAgentThatKeepsAll();
            assertThat(Conditions.isTrue(get(LoadBalancer.class, "web"), "Ready"))
                    .isTrue();
        });
        assertThat(condition(LoadBalancer.class, "web", "Programmed", "False", "RemovingAppliance")
                        .message())
                .contains("home-1a");
        assertThat(zone("web", "a").state()).isEqualTo("deleting");
        assertThat(zone("web", "c").state()).isEqualTo("active");
        assertThat(client().resource(port).get().getSpec().publicIpAddresses())
                .as("the address stays while the appliance is there")
                .hasSize(1);
        letGo(appliance);
        soon(() -> {
            assertThat(client().resource(port).get().getSpec().publicIpAddresses())
                    .isNull();
            assertThat(get(ElasticIp.class, leaving)).isNull();
        });
        condition(LoadBalancer.class, "web", "Programmed", "False", "RemovingNetworkInterface");
        letGo(port);
        gone(NetworkInterface.class, leaving);
        active("web");
        assertThat(status("web").availabilityZones())
                .extracting(AvailabilityZone::zoneName)
                .containsExactly("home-1b", "home-1c");
        assertThat(get(ElasticIp.class, name("web", "b")).getMetadata().getUid())
                .isEqualTo(kept);
    }

    @Test
    void groupsAreChangedAndWhatMayNotBeChangesNothing() {
        ready();
        ec2("Vpc", "other", "cidrBlock: 10.9.0.0/16");
        ec2("SecurityGroup", "foreign", "vpcRef: {name: other}, description: elsewhere");
        balancer("web", TWO + ", scheme: internal");
        active("web");
        assertThat(port("web", "a").getSpec().securityGroupIds()).containsExactly(groupId("main-default"));

        balancer("web", TWO + ", scheme: internal, securityGroupRefs: [{name: lb}]");
        soon(() -> assertThat(List.of(port("web", "a"), port("web", "b")))
                .allSatisfy(
                        port -> assertThat(port.getSpec().securityGroupIds()).containsExactly(groupId("lb"))));

        balancer("web", TWO + ", scheme: internal, securityGroupRefs: [{name: foreign}]");
        assertThat(condition(LoadBalancer.class, "web", "Accepted", "False", "InvalidSecurityGroup")
                        .message())
                .contains("SecurityGroup foreign", "Vpc other");
        listen("web");
        soon(() -> assertThat(appliance("web", "a").getSpec().proxy().listeners())
                .as("what may not be stops no listener")
                .extracting(ProxyListener::port)
                .containsExactly(80));
        assertThat(port("web", "a").getSpec().securityGroupIds()).containsExactly(groupId("lb"));
        assertThat(status("web").state())
                .as("a node that has not answered yet serves on")
                .isEqualTo("active");

        balancer("web", TWO + ", scheme: internal, securityGroupRefs: [{name: missing}]");
        condition(LoadBalancer.class, "web", "Accepted", "False", "SecurityGroupNotFound");
        balancer("web", TWO + ", scheme: internal, securityGroupRefs: [{name: lb}]");
        active("web");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            subnetRefs: [{name: a}, {name: missing}]               | SubnetNotFound              | Subnet missing
            subnetRefs: [{name: a}, {name: abroad}]                | InvalidSubnet               | Subnet abroad of Vpc other
            subnetRefs: [{name: a}, {name: again}]                 | InvalidConfigurationRequest | a and again are both in home-1a
            subnetRefs: [{name: a}, {name: tiny}]                  | InvalidSubnet               | Subnet tiny is too small
            """)
    void whatTheSubnetsDoNotAllowIsRefusedWithTheReason(String subnets, String reason, String says) {
        ready();
        ec2("Vpc", "other", "cidrBlock: 10.9.0.0/16");
        ec2("Subnet", "abroad", "vpcRef: {name: other}, cidrBlock: 10.9.1.0/24, availabilityZone: home-1b");
        ec2("Subnet", "again", "vpcRef: {name: main}, cidrBlock: 10.0.4.0/24, availabilityZone: home-1a");
        ec2("Subnet", "tiny", "vpcRef: {name: main}, cidrBlock: 10.0.5.0/28, availabilityZone: home-1b");

        balancer("web", subnets + ", scheme: internal");

        assertThat(condition(LoadBalancer.class, "web", "Accepted", "False", reason)
                        .message())
                .contains(says);
        balancer("web", TWO + ", scheme: internal");
        active("web");
    }

    @Test
    void whatALoadBalancerUsesStaysUntilItIsGoneFromTheHost() {
        ready();
        internetGateway();
        balancer("web", TWO + ", securityGroupRefs: [{name: lb}]");
        active("web");
        var appliance = held(appliance("web", "a"));
        var node = name("web", "a");

        delete(Subnet.class, "a");
        delete(SecurityGroup.class, "lb");
        delete(InternetGateway.class, "igw");

        assertThat(condition(Subnet.class, "a", "Ready", "False", "DependencyViolation")
                        .message())
                .contains(node);
        assertThat(condition(SecurityGroup.class, "lb", "Ready", "False", "DependencyViolation")
                        .message())
                .contains(node);
        assertThat(condition(InternetGateway.class, "igw", "Ready", "False", "DependencyViolation")
                        .message())
                .contains(node);
        active("web");

        delete(LoadBalancer.class, "web");
        condition(LoadBalancer.class, "web", "Ready", "False", "RemovingAppliance");
        assertThat(get(ElasticIp.class, node).isMarkedForDeletion()).isFalse();
        assertThat(get(NetworkInterface.class, node).isMarkedForDeletion()).isFalse();
        letGo(appliance);
        gone(LoadBalancer.class, "web");
        gone(Subnet.class, "a");
        gone(SecurityGroup.class, "lb");
        gone(InternetGateway.class, "igw");
        assertThat(client().resources(AddressClaim.class).list().getItems())
                .noneMatch(claim -> claim.getSpec().ownerNamespace().equals(namespace));
        assertThat(client().resources(HostAppliance.class)
                        .inNamespace(hostNamespace())
                        .list()
                        .getItems())
                .isEmpty();
    }

    @Test
    void theQuotaIsOfAType() {
        ready();
        for (var number = 0; number < QUOTA; number++) {
            balancer("web-" + number, TWO + ", scheme: internal");
            active("web-" + number);
        }

        balancer("late", TWO + ", scheme: internal");
        balancer("other", "type: network, scheme: internal, subnetRefs: [{name: a}]");

        assertThat(condition(LoadBalancer.class, "late", "Accepted", "False", "TooManyLoadBalancers")
                        .message())
                .contains("quotas.loadBalancers");
        active("other");
        assertThat(port("other", "a").getSpec().securityGroupIds()).isEmpty();
        assertThat(eni("other", "a").getStatus().interfaceType()).isEqualTo("network_load_balancer");
        assertThat(status("other").dnsName()).matches("other-[0-9a-f]{16}\\.elb\\.home-1\\.minicloud");
        assertThat(status("other").loadBalancerArn()).contains(":loadbalancer/net/other/");
        delete(LoadBalancer.class, "web-0");
        active("late");
    }

    @Test
    void whereThereAreSeveralPoolsItNamesOne() {
        ready();
        internetGateway();
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: AddressPool
                metadata: {name: second-%s}
                spec: {cidrBlocks: [%s.8/29]}
                """.formatted(unique, range));
        soon(() -> assertThat(get(AddressPool.class, "second-" + unique).getStatus())
                .isNotNull());

        balancer("web", TWO);
        assertThat(condition(LoadBalancer.class, "web", "Programmed", "False", "ElasticIpPending")
                        .message())
                .contains("AddressPoolRefMissing", "addressPoolRef: pool-" + unique + ", second-" + unique);
        balancer("other", TWO + ", addressPoolRef: {name: second-%s}".formatted(unique));

        active("other");
        assertThat(Integer.parseInt(publicIp("other", "a").substring(range.length() + 1)))
                .isBetween(8, 15);
    }

    @Test
    void whatIsNotTheLoadBalancersIsNotTakenForItsNode() {
        ready();
        soon(() -> assertThat(get(Subnet.class, "b").getStatus()).isNotNull());
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata: {name: mine, namespace: %1$s}
                spec: {subnetRef: {name: a}, attachment: {loadBalancerRef: {name: web}, deviceIndex: 0}}
                ---
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata: {name: %2$s, namespace: %1$s}
                spec: {subnetRef: {name: b}}
                """.formatted(namespace, name("web", "b")));
        condition(NetworkInterface.class, "mine", "Accepted", "False", "LoadBalancerNotFound");

        balancer("web", TWO + ", scheme: internal");

        assertThat(condition(NetworkInterface.class, "mine", "Accepted", "False", "OperationNotPermitted")
                        .message())
                .contains("LoadBalancer web");
        soon(() -> {
            playAgent();
            assertThat(zone("web", "a").state()).isEqualTo("active");
        });
        assertThat(status("web").state()).isEqualTo("active_impaired");
        assertThat(condition(LoadBalancer.class, "web", "Ready", "False", "NameTaken")
                        .message())
                .contains("NetworkInterface " + name("web", "b"));
        delete(NetworkInterface.class, name("web", "b"));
        active("web");
    }

    @Test
    void aNodeWaitsForAHostAndStaysOnIt() {
        balancer("web", TWO + ", scheme: internal");
        assertThat(condition(LoadBalancer.class, "web", "Ready", "False", "InsufficientHostCapacity")
                        .message())
                .contains(host + ": is not ready");

        ready();
        active("web");

        beating("False");
        balancer("web", "scheme: internal, subnetRefs: [{name: a}, {name: b}, {name: c}]");
        condition(LoadBalancer.class, "web", "Ready", "False", "InsufficientHostCapacity");
        assertThat(status("web").state()).isEqualTo("active_impaired");
        assertThat(zone("web", "a").state()).isEqualTo("active");
        assertThat(zone("web", "a").host()).isEqualTo(host);
        assertThat(zone("web", "c").host()).isNull();
    }

    private void listen(String balancer) {
        server().apply("""
                apiVersion: elbv2.minicloud.io/v1alpha1
                kind: Listener
                metadata: {name: http, namespace: %s}
                spec:
                  loadBalancerRef: {name: %s}
                  port: 80
                  protocol: HTTP
                  defaultActions: [{type: fixed-response, fixedResponseConfig: {statusCode: "404"}}]
                """.formatted(namespace, balancer));
        report(get(Listener.class, "http"), "", "Accepted");
    }

    private void internetGateway() {
        ec2("InternetGateway", "igw", "vpcRef: {name: main}");
    }

    /** The host has done what is asked of it, but takes nothing away. */
    private void playAgentThatKeepsAll() {
        onHost(HostInterface.class).stream()
                .filter(port -> !port.isMarkedForDeletion())
                .forEach(port -> serve(port, ""));
        onHost(HostAppliance.class).stream()
                .filter(appliance -> !appliance.isMarkedForDeletion())
                .forEach(appliance -> serve(appliance, "\"networkNamespace\": \"mc-here\","));
    }

    private AvailabilityZone zone(String balancer, String subnet) {
        var id = get(Subnet.class, subnet).getStatus().subnetId();
        return status(balancer).availabilityZones().stream()
                .filter(zone -> zone.subnetId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private String publicIp(String balancer, String subnet) {
        return get(ElasticIp.class, name(balancer, subnet)).getStatus().publicIp();
    }

    private String groupId(String group) {
        return get(SecurityGroup.class, group).getStatus().groupId();
    }

    /** The port of a node; null: there is none yet. */
    private HostInterface port(String balancer, String subnet) {
        var eni = eni(balancer, subnet);
        return eni == null || eni.getStatus() == null
                ? null
                : onHost(HostInterface.class, eni.getStatus().networkInterfaceId());
    }
}

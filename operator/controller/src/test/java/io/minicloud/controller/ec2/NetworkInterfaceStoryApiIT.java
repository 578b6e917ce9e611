package io.minicloud.controller.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.common.Conditioned;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Attachment;
import io.minicloud.api.ec2.NetworkInterfaceStatus.PrivateIpAddress;
import io.minicloud.api.host.AddressClaim;
import io.minicloud.api.host.AddressClaimSpec;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.api.host.HostMachineStatus;
import io.minicloud.controller.RunningController;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Network interfaces that users make, attach and detach, against a real API server; the agent is played by the test. What is
 * expected is what the pages of AWS tell.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html">Elastic network interfaces</a>
 */
class NetworkInterfaceStoryApiIT extends InstanceStory {

    /** Ports that guests do not let go of. */
    private final Set<String> clinging = new HashSet<>();

    @RegisterExtension
    static final RunningController CONTROLLER = RunningController.ofInstances();

    NetworkInterfaceStoryApiIT() {
        super(CONTROLLER);
    }

    @BeforeEach
    void account() {
        enrolForInstances("eni", 3, "home-1a", "home-1b");
        subnet("a", "10.0.1.0/24");
    }

    /** AWS: made by itself it is available; its addresses change at any time, and each is one's own. */
    @Test
    void itIsMadeByItselfWithAddressesThatChange() {
        eni("fixed", """
                description: for the test
                privateIpAddress: 10.0.1.10
                secondaryPrivateIpAddresses: [10.0.1.4, 10.0.1.11]""");
        condition(NetworkInterface.class, "fixed", "Ready", "True", "NotAttached");
        eni("chosen", "secondaryPrivateIpAddressCount: 2");

        soon(() -> assertThat(addresses("fixed")).containsExactly("10.0.1.10", "10.0.1.4", "10.0.1.11"));
        soon(() -> assertThat(addresses("chosen")).hasSize(3).doesNotContain("10.0.1.4", "10.0.1.10", "10.0.1.11"));
        assertThat(status("fixed").state()).isEqualTo("available");
        assertThat(status("fixed").description()).isEqualTo("for the test");
        var before = addresses("chosen");
        soon(() -> assertThat(claims("chosen")).containsExactlyInAnyOrderElementsOf(before));

        eni("chosen", "secondaryPrivateIpAddressCount: 1");
        soon(() -> assertThat(addresses("chosen")).isEqualTo(before.subList(0, 2)));
        soon(() -> assertThat(claims("chosen")).containsExactlyInAnyOrderElementsOf(before.subList(0, 2)));
        eni("fixed", """
                privateIpAddress: 10.0.1.10
                secondaryPrivateIpAddresses: [10.0.1.11]""");
        soon(() -> assertThat(claims("fixed")).containsExactlyInAnyOrder("10.0.1.10", "10.0.1.11"));

        eni("rival", "secondaryPrivateIpAddresses: [10.0.1.11, 10.0.1.12]");
        condition(NetworkInterface.class, "rival", "Ready", "False", "AddressInUse");
        soon(() ->
                assertThat(addresses("rival")).hasSize(2).contains("10.0.1.12").doesNotContain("10.0.1.11"));
        delete(NetworkInterface.class, "fixed");
        soon(() -> assertThat(addresses("rival")).hasSize(3).contains("10.0.1.11", "10.0.1.12"));
        condition(NetworkInterface.class, "rival", "Ready", "True", "NotAttached");
    }

    @Test
    void whatCannotBeIsRefusedWithTheReason() {
        eni("outside", "secondaryPrivateIpAddresses: [10.0.3.11]");
        eni("reserved", "secondaryPrivateIpAddresses: [10.0.1.2]");
        subnet("small", "10.0.9.0/28");
        apply("full", "small", "secondaryPrivateIpAddressCount: 11");

        condition(NetworkInterface.class, "outside", "Accepted", "False", "InvalidAddressRange");
        condition(NetworkInterface.class, "reserved", "Accepted", "False", "AddressReserved");
        condition(NetworkInterface.class, "full", "Ready", "False", "InsufficientFreeAddressesInSubnet");
        soon(() -> assertThat(addresses("full")).hasSize(11));
        eni("lonely", "attachment: {instanceRef: {name: nobody}, deviceIndex: 1}");
        condition(NetworkInterface.class, "lonely", "Ready", "False", "InstanceNotFound");
        assertThat(status("lonely").state()).isEqualTo("available");
    }

    @Test
    void itIsAttachedToARunningInstanceAndDetached() {
        instance("web", "");
        runs("web");
        eni("spare", "secondaryPrivateIpAddressCount: 1");
        condition(NetworkInterface.class, "spare", "Ready", "True", "NotAttached");

        eni("spare", "secondaryPrivateIpAddressCount: 1\nattachment: {instanceRef: {name: web}, deviceIndex: 1}");

        condition(NetworkInterface.class, "spare", "Ready", "True", "Programmed");
        assertThat(status("spare").state()).isEqualTo("in-use");
        assertThat(status("spare").attachment())
                .extracting(Attachment::instanceId, Attachment::status, Attachment::deleteOnTermination)
                .containsExactly(get(Instance.class, "web").getStatus().instanceId(), "attached", false);
        assertThat(port("spare").getSpec().privateIpAddresses()).isEqualTo(addresses("spare"));
        soon(() -> assertThat(plugged("web")).containsExactly(id("web-eth0"), id("spare")));
        soon(() -> assertThat(machine("web").getSpec().metadata().values())
                .containsEntry(
                        "meta-data/network/interfaces/macs/" + status("spare").macAddress() + "/local-ipv4s",
                        String.join("\n", addresses("spare"))));
        soon(() -> assertThat(get(Instance.class, "web").getStatus().networkInterfaces())
                .extracting(InstanceStatus.Interface::name, InstanceStatus.Interface::status)
                .containsExactly(tuple("web-eth0", "attached"), tuple("spare", "attached")));

        delete(NetworkInterface.class, "spare");
        condition(NetworkInterface.class, "spare", "Ready", "False", "InvalidNetworkInterfaceInUse");
        clinging.add(id("spare"));
        eni("spare", "secondaryPrivateIpAddressCount: 1");

        soon(() -> assertThat(plugged("web")).containsExactly(id("web-eth0")));
        condition(NetworkInterface.class, "spare", "Ready", "False", "RemovingPort");
        assertThat(port("spare").isMarkedForDeletion()).isFalse();
        runs("web");
        clinging.clear();
        soon(() -> assertThat(get(NetworkInterface.class, "spare")).isNull());
        assertThat(claims("spare")).isEmpty();
        runs("web");
    }

    @Test
    void itMovesFromOneInstanceToAnother() {
        instance("web", "");
        instance("db", "");
        runs("web");
        runs("db");
        eni("spare", "attachment: {instanceRef: {name: web}, deviceIndex: 1}");
        condition(NetworkInterface.class, "spare", "Ready", "True", "Programmed");
        clinging.add(id("spare"));

        eni("spare", "attachment: {instanceRef: {name: db}, deviceIndex: 1}");

        condition(NetworkInterface.class, "spare", "Ready", "False", "Detaching");
        assertThat(status("spare").state()).isEqualTo("detaching");
        assertThat(plugged("db")).containsExactly(id("db-eth0"));
        clinging.clear();
        condition(NetworkInterface.class, "spare", "Ready", "True", "Programmed");
        soon(() -> assertThat(plugged("db")).containsExactly(id("db-eth0"), id("spare")));
        soon(() -> assertThat(plugged("web")).containsExactly(id("web-eth0")));
    }

    @Test
    void anIndexHasOneAndATypeItsLimits() {
        instance("web", "");
        runs("web");
        eni("first", "attachment: {instanceRef: {name: web}, deviceIndex: 1}");
        condition(NetworkInterface.class, "first", "Ready", "True", "Programmed");

        eni("second", "attachment: {instanceRef: {name: web}, deviceIndex: 1}");
        assertThat(condition(NetworkInterface.class, "second", "Ready", "False", "InvalidParameterValue")
                        .message())
                .contains("NetworkInterface first");
        eni("second", "attachment: {instanceRef: {name: web}, deviceIndex: 2}");
        condition(NetworkInterface.class, "second", "Ready", "True", "Programmed");
        eni("third", "attachment: {instanceRef: {name: web}, deviceIndex: 3}");
        condition(NetworkInterface.class, "third", "Ready", "False", "AttachmentLimitExceeded");
        eni("first", "secondaryPrivateIpAddressCount: 2\nattachment: {instanceRef: {name: web}, deviceIndex: 1}");
        condition(NetworkInterface.class, "first", "Ready", "False", "PrivateIpAddressLimitExceeded");
        soon(() -> assertThat(plugged("web")).containsExactly(id("web-eth0"), id("first"), id("second")));
        runs("web");

        eni("second", "");
        condition(NetworkInterface.class, "third", "Ready", "True", "Programmed");
    }

    @Test
    void aTypeForFewerInterfacesIsTakenWhenTheOthersAreDetached() {
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: InstanceType
                metadata: {name: t3.few}
                spec: {vCpus: 1, memoryMiB: 512, maxNetworkInterfaces: 2, ipv4AddressesPerInterface: 2}
                """);
        instance("web", "");
        runs("web");
        eni("first", "attachment: {instanceRef: {name: web}, deviceIndex: 1}");
        eni("second", "attachment: {instanceRef: {name: web}, deviceIndex: 2}");
        condition(NetworkInterface.class, "first", "Ready", "True", "Programmed");
        condition(NetworkInterface.class, "second", "Ready", "True", "Programmed");
        state("web", "stopped");
        condition(Instance.class, "web", "Ready", "True", "Stopped");

        patch("web", "{\"spec\": {\"instanceType\": \"t3.few\"}}");

        condition(Instance.class, "web", "Programmed", "False", "AttachmentLimitExceeded");
        state("web", "running");
        condition(Instance.class, "web", "Ready", "False", "AttachmentLimitExceeded");
        eni("second", "");
        runs("web");
        soon(() -> assertThat(plugged("web")).containsExactly(id("web-eth0"), id("first")));
        condition(NetworkInterface.class, "second", "Ready", "True", "NotAttached");
    }

    @Test
    void whatBecomesOfItWhenTheInstanceIsTerminated() {
        instance("web", "");
        runs("web");
        eni("kept", "attachment: {instanceRef: {name: web}, deviceIndex: 1}");
        eni("gone", "attachment: {instanceRef: {name: web}, deviceIndex: 2, deleteOnTermination: true}");
        condition(NetworkInterface.class, "kept", "Ready", "True", "Programmed");
        condition(NetworkInterface.class, "gone", "Ready", "True", "Programmed");

        delete(Instance.class, "web");

        soon(() -> assertThat(get(Instance.class, "web")).isNull());
        assertThat(get(NetworkInterface.class, "gone")).isNull();
        condition(NetworkInterface.class, "kept", "Ready", "False", "InstanceTerminated");
        assertThat(status("kept").state()).isEqualTo("available");
        soon(() -> assertThat(port("kept")).isNull());
        instance("web", "");
        runs("web");
        condition(NetworkInterface.class, "kept", "Ready", "False", "InstanceTerminated");
        assertThat(plugged("web")).containsExactly(id("web-eth0"));

        eni("kept", "");
        soon(() -> assertThat(status("kept").attachment()).isNull());
        eni("kept", "attachment: {instanceRef: {name: web}, deviceIndex: 1}");
        condition(NetworkInterface.class, "kept", "Ready", "True", "Programmed");
    }

    @Test
    void aSecondInterfaceWithTroubleNeverStopsTheInstance() {
        eni("foreign", "attachment: {instanceRef: {name: web}, deviceIndex: 1}");
        subnet("away", "10.0.8.0/24", "home-1b");
        apply("distant", "away", "attachment: {instanceRef: {name: web}, deviceIndex: 2}");

        instance("web", "");

        runs("web");
        condition(NetworkInterface.class, "distant", "Ready", "False", "InvalidParameterCombination");
        condition(NetworkInterface.class, "foreign", "Ready", "True", "Programmed");
        soon(() -> assertThat(plugged("web")).containsExactly(id("web-eth0"), id("foreign")));
    }

    @Test
    void anAddressFromAPoolIsNotGivenAgainToOneWithSeveralInterfaces() {
        pool("only", "/29");
        instance("web", "associatePublicIpAddress: true");
        runs("web");
        assertThat(publicIp("web")).startsWith(range);
        eni("spare", "attachment: {instanceRef: {name: web}, deviceIndex: 1}");
        condition(NetworkInterface.class, "spare", "Ready", "True", "Programmed");
        assertThat(publicIp("web")).startsWith(range);

        state("web", "stopped");
        condition(Instance.class, "web", "Ready", "True", "Stopped");
        soon(() -> assertThat(publicIp("web")).isNull());
        state("web", "running");

        runs("web");
        condition(NetworkInterface.class, "web-eth0", "PublicIpAddressAssigned", "False", "SeveralNetworkInterfaces");
        assertThat(publicIp("web")).isNull();
        soon(() -> assertThat(plugged("web")).containsExactly(id("web-eth0"), id("spare")));
    }

    private void subnet(String name, String range) {
        subnet(name, range, "home-1a");
    }

    private void subnet(String name, String range, String zone) {
        ec2("Subnet", name, "vpcRef: {name: main}, cidrBlock: %s, availabilityZone: %s".formatted(range, zone));
    }

    private void eni(String name, String spec) {
        apply(name, "a", spec);
    }

    /** As a user does: what is not in the text is taken out. */
    private void apply(String name, String subnet, String spec) {
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: NetworkInterface
                metadata: {name: %s, namespace: %s}
                spec:
                  subnetRef: {name: %s}
                %s
                """.formatted(name, namespace, subnet, spec.indent(2)));
    }

    private void instance(String name, String more) {
        server().apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Instance
                metadata: {name: %s, namespace: %s}
                spec:
                  imageRef: {name: tiny}
                  instanceType: t3.nano
                  subnetRef: {name: a}
                  %s
                """.formatted(name, namespace, more));
    }

    @Override
    boolean isToBeServed(CustomResource<?, ? extends Conditioned> object) {
        return switch (object) {
            case HostMachine machine -> super.isToBeServed(machine) || !told(machine);
            case HostInterface port -> super.isToBeServed(port) && isOpened(port);
            default -> super.isToBeServed(object);
        };
    }

    /** A port waits for the machine that is to open it. */
    private boolean isOpened(HostInterface port) {
        return client().resources(HostMachine.class).inNamespace(hostNamespace()).list().getItems().stream()
                .flatMap(machine -> machine.getSpec().interfaces().stream())
                .anyMatch(network ->
                        network.hostInterfaceName().equals(port.getMetadata().getName()));
    }

    /** A guest lets go of what it does not cling to. */
    @Override
    String facts(HostMachine machine) {
        return super.facts(machine)
                + " \"interfaces\": [%s],"
                        .formatted(interfaces(machine).entrySet().stream()
                                .map(port -> "{\"hostInterfaceName\": \"%s\", \"state\": \"%s\"}"
                                        .formatted(port.getKey(), port.getValue()))
                                .collect(Collectors.joining(", ")));
    }

    private boolean told(HostMachine machine) {
        return machine.getStatus().interfaces() != null
                && machine.getStatus().interfaces().stream()
                        .collect(Collectors.toMap(
                                HostMachineStatus.Interface::hostInterfaceName, HostMachineStatus.Interface::state))
                        .equals(interfaces(machine));
    }

    private Map<String, String> interfaces(HostMachine machine) {
        var states = new TreeMap<String, String>();
        var before = machine.getStatus() == null ? null : machine.getStatus().interfaces();
        Stream.ofNullable(before)
                .flatMap(List::stream)
                .map(HostMachineStatus.Interface::hostInterfaceName)
                .filter(clinging::contains)
                .forEach(port -> states.put(port, "detaching"));
        machine.getSpec().interfaces().forEach(port -> states.put(port.hostInterfaceName(), "attached"));
        return states;
    }

    private NetworkInterfaceStatus status(String name) {
        return get(NetworkInterface.class, name).getStatus();
    }

    private String id(String name) {
        return status(name).networkInterfaceId();
    }

    private List<String> addresses(String name) {
        return status(name).privateIpAddresses().stream()
                .map(PrivateIpAddress::privateIpAddress)
                .toList();
    }

    private HostInterface port(String name) {
        return onHost(HostInterface.class, id(name));
    }

    /** The interfaces of a machine in their order. */
    private List<String> plugged(String instance) {
        return machine(instance).getSpec().interfaces().stream()
                .map(HostMachineSpec.Interface::hostInterfaceName)
                .toList();
    }

    /** The private addresses that an interface has claims on. */
    private List<String> claims(String name) {
        return client().resources(AddressClaim.class).list().getItems().stream()
                .map(AddressClaim::getSpec)
                .filter(claim -> claim.ownerNamespace().equals(namespace))
                .filter(claim -> claim.ownerName().equals(name))
                .map(AddressClaimSpec::address)
                .toList();
    }
}

package io.minicloud.controller.ec2.networkinterface;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.ec2.InstanceTypeSpec;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Attachment;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.controller.attachment.Attachments;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected is what AWS tells: states, limits and error codes. */
class AttachmentRulesTest {
    private static final InstanceTypeSpec TYPE = new InstanceTypeSpec(2, 1024, 3, 4);

    private final Instance web = instance("web", "uid-web");

    @Test
    void withoutAnAttachmentItIsAvailable() {
        var outcome = judge(eni("a", null), Optional.empty(), false, false);

        assertThat(told(outcome)).isEqualTo("null null null");
    }

    @Test
    void itIsBoundBeforeItHasAPortAndAttachedWhenTheMachineHasIt() {
        var eni = eni("a", 1);

        var first = judge(eni, Optional.of(web), false, false);
        assertThat(told(first)).isEqualTo("attaching tower Attaching");
        assertThat(first.hasPort(eni)).isFalse();
        assertThat(first.told().attachmentId()).matches("eni-attach-[0-9a-f]{17}");

        record(eni, first);
        var second = judge(eni, Optional.of(web), true, false);
        assertThat(told(second)).isEqualTo("attaching tower Attaching");
        assertThat(second.hasPort(eni)).isTrue();

        var third = judge(eni, Optional.of(web), true, true);
        assertThat(told(third)).isEqualTo("attached tower null");
        record(eni, third);
        assertThat(told(judge(eni, Optional.of(web), true, false))).isEqualTo("attached tower null");
    }

    @ParameterizedTest(name = "instance at {0}: {1}")
    @CsvSource({"2, at another index", ", detached"})
    void whatTheSpecNoLongerAsksForLeavesBeforeAnythingElse(Integer index, String title) {
        var eni = attached("a", 1, web);
        eni.setSpec(eni("a", index).getSpec());

        assertThat(told(judge(eni, Optional.of(web), true, true))).isEqualTo("detaching null Detaching");
        assertThat(told(judge(eni, Optional.of(web), false, false)))
                .as(title)
                .isEqualTo(index == null ? "null null null" : "attaching tower Attaching");
    }

    @Test
    void theNextInstanceOfThatNameDoesNotGetIt() {
        var eni = attached("a", 1, web);
        var next = instance("web", "uid-next");

        assertThat(told(judge(eni, Optional.of(next), true, false))).isEqualTo("detaching null Detaching");
        var gone = judge(eni, Optional.of(next), false, false);
        assertThat(told(gone)).isEqualTo("detached null InstanceTerminated");
        assertThat(told(judge(eni, Optional.empty(), false, false))).isEqualTo("detached null InstanceTerminated");

        eni.setSpec(eni("a", null).getSpec());
        record(eni, judge(eni, Optional.of(next), false, false));
        eni.setSpec(eni("a", 1).getSpec());
        assertThat(told(judge(eni, Optional.of(next), false, false))).isEqualTo("attaching tower Attaching");
    }

    @Test
    void oneThatIsTerminatedLetsGo() {
        var attached = attached("a", 1, web);
        web.getMetadata().setDeletionTimestamp("2026-11-22T10:00:00Z");

        assertThat(told(judge(attached, Optional.of(web), true, true))).isEqualTo("detaching null Detaching");
        assertThat(told(judge(eni("a", 1), Optional.of(web), false, false)))
                .isEqualTo("null null IncorrectInstanceState");
    }

    @Test
    void itWaitsForAnInstanceThatIsNotThereOrHasNoHost() {
        assertThat(told(judge(eni("a", 1), Optional.empty(), false, false))).isEqualTo("null null InstanceNotFound");
        web.setStatus(null);
        assertThat(told(judge(eni("a", 1), Optional.of(web), false, false))).isEqualTo("null null AwaitingPlacement");
    }

    @ParameterizedTest(name = "zone {0}, VPC {1}")
    @CsvSource({"home-1b, vpc-1", "home-1a, vpc-2"})
    void zoneAndVpcAreThoseOfTheInstance(String zone, String vpc) {
        web.setStatus(status(zone, vpc));

        assertThat(told(judge(eni("a", 1), Optional.of(web), false, false)))
                .isEqualTo("null null InvalidParameterCombination");
    }

    @Test
    void anIndexHasTheFirstThatIsBoundToIt() {
        var senior = attached("senior", 1, web);

        assertThat(told(judge(eni("a", 1), Optional.of(web), false, false, senior)))
                .isEqualTo("null null InvalidParameterValue");
        assertThat(told(judge(eni("a", 2), Optional.of(web), false, false, senior)))
                .isEqualTo("attaching tower Attaching");
    }

    @Test
    void ofTwoThatWereBoundAtOnceTheJuniorLetsGoUnlessItIsAttached() {
        var one = bound("a", 1, "attaching");
        var two = bound("b", 1, "attaching");

        assertThat(told(judge(one, Optional.of(web), true, false, two))).isEqualTo("attaching tower Attaching");
        assertThat(told(judge(two, Optional.of(web), true, false, one))).isEqualTo("detaching null Detaching");
        assertThat(told(judge(two, Optional.of(web), false, false, one))).isEqualTo("null null InvalidParameterValue");
        assertThat(told(judge(one, Optional.of(web), false, false, attached("b", 1, web))))
                .isEqualTo("null null InvalidParameterValue");
    }

    @Test
    void anInstanceHasNoMoreThanItsTypeAllows() {
        var others = new NetworkInterface[] {attached("x", 1, web), attached("y", 2, web)};

        assertThat(told(judge(eni("a", 3), Optional.of(web), false, false, others)))
                .isEqualTo("null null AttachmentLimitExceeded");
        assertThat(told(judge(attached("a", 3, web), Optional.of(web), true, true, others)))
                .as("what is attached stays, whatever the type becomes")
                .isEqualTo("attached tower null");
    }

    @ParameterizedTest(name = "{0} secondary addresses")
    @CsvSource({"3, attaching tower Attaching", "4, null null PrivateIpAddressLimitExceeded"})
    void anInterfaceHasNoMoreAddressesThanTheTypeAllows(int addresses, String expected) {
        var eni = Serialization.unmarshal(
                "spec: {attachment: {instanceRef: {name: web}, deviceIndex: 1}, secondaryPrivateIpAddressCount: %d}"
                        .formatted(addresses),
                NetworkInterface.class);
        eni.getMetadata().setUid("uid-a");

        assertThat(told(judge(eni, Optional.of(web), false, false))).isEqualTo(expected);
    }

    private static AttachmentOutcome judge(
            NetworkInterface eni,
            Optional<Instance> instance,
            boolean port,
            boolean taken,
            NetworkInterface... others) {
        var subnet = Serialization.unmarshal("spec: {availabilityZone: home-1a}\nstatus: {vpcId: vpc-1}", Subnet.class);
        return AttachmentRules.judge(
                eni,
                new InterfacePlace("111122223333", subnet, List.of(), null),
                new AttachmentView(instance, Optional.of(TYPE), List.of(others), port, taken));
    }

    /** Status of the attachment, host of the port and what is waited for. */
    private static String told(AttachmentOutcome outcome) {
        return Optional.ofNullable(outcome.told()).map(Attachment::status).orElse(null) + " " + outcome.host() + " "
                + Optional.ofNullable(outcome.waiting())
                        .map(waiting -> waiting.reason().name())
                        .orElse(null);
    }

    private NetworkInterface attached(String name, int index, Instance instance) {
        var eni = eni(name, index);
        record(eni, judge(eni, Optional.of(instance), false, false));
        record(eni, judge(eni, Optional.of(instance), true, true));
        return eni;
    }

    private NetworkInterface bound(String name, int index, String status) {
        var eni = eni(name, index);
        var outcome = judge(eni, Optional.of(web), false, false);
        assertThat(outcome.told().status()).isEqualTo(status);
        record(eni, outcome);
        return eni;
    }

    private static void record(NetworkInterface eni, AttachmentOutcome outcome) {
        var status = Serialization.unmarshal("status: {state: any}", NetworkInterface.class);
        if (outcome.told() != null) {
            status = Serialization.unmarshal(
                    "status: {attachment: %s}".formatted(Serialization.asJson(outcome.told())), NetworkInterface.class);
        }
        eni.setStatus(status.getStatus());
        assertThat(Attachments.recorded(eni)).isEqualTo(Optional.ofNullable(outcome.told()));
    }

    private static NetworkInterface eni(String name, Integer index) {
        var eni = Serialization.unmarshal(
                index == null
                        ? "spec: {subnetRef: {name: a}}"
                        : "spec: {attachment: {instanceRef: {name: web}, deviceIndex: %d}}".formatted(index),
                NetworkInterface.class);
        eni.getMetadata().setName(name);
        eni.getMetadata().setUid("uid-" + name);
        return eni;
    }

    private static Instance instance(String name, String uid) {
        var instance = Serialization.unmarshal("spec: {instanceType: t3.micro}", Instance.class);
        instance.getMetadata().setName(name);
        instance.getMetadata().setUid(uid);
        instance.setStatus(status("home-1a", "vpc-1"));
        return instance;
    }

    private static InstanceStatus status(String zone, String vpc) {
        return Serialization.unmarshal(
                        "status: {vpcId: %s, placement: {host: tower, availabilityZone: %s}}".formatted(vpc, zone),
                        Instance.class)
                .getStatus();
    }
}

package io.minicloud.controller.ec2.instance;

import static io.minicloud.controller.ec2.instance.InstanceFixture.ACCOUNT;
import static io.minicloud.controller.ec2.instance.InstanceFixture.networkInterface;
import static io.minicloud.controller.ec2.instance.InstanceFixture.reported;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.common.Condition;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceStatus;
import io.minicloud.api.host.HostMachine;
import io.minicloud.api.host.HostMachineSpec;
import io.minicloud.controller.change.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states and their reasons are those of AWS's InstanceState and StateReason. */
class InstanceStatusFactoryTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    private static final Progress VALID = Progress.done(InstanceReason.Valid, "");
    private static final Progress PROGRAMMED = Progress.done(InstanceReason.Programmed, "");

    private final InstanceStatusFactory statuses = new InstanceStatusFactory(CLOCK, "home-1");
    private final Instance instance = InstanceFixture.instance("t3.micro");

    @ParameterizedTest(name = "wanted {0}, is {1} by {2}, port {3}: Ready {4} {5}, {6}")
    @CsvSource({
        "running, running,, true, True, Running,",
        "running, running,, false, False, NetworkInterfacePending,",
        "running, pending,, true, False, Pending,",
        "running, stopped,, true, False, Pending, Client.UserInitiatedShutdown: User initiated shutdown",
        "running, stopped, guest, true, False, InstanceInitiatedShutdown, Client.InstanceInitiatedShutdown: Instance initiated shutdown",
        "stopped, running,, true, False, Pending,",
        "stopped, stopping,, true, False, Pending,",
        "stopped, stopped,, true, True, Stopped, Client.UserInitiatedShutdown: User initiated shutdown",
        "stopped, stopped, guest, true, True, Stopped, Client.InstanceInitiatedShutdown: Instance initiated shutdown",
    })
    void itIsReadyWhenTheMachineIsAsWanted(
            String wanted, String state, String by, boolean port, String ready, String reason, String stateReason) {
        var asked = InstanceFixture.instance("t3.micro", wanted);

        var status = statuses.of(asked, view(machine(wanted, state, by), port));

        assertThat(status.state()).isEqualTo(state);
        assertThat(condition(status, "Ready").status()).isEqualTo(ready);
        assertThat(condition(status, "Ready").reason()).isEqualTo(reason);
        assertThat(status.stateReason()).isEqualTo(stateReason);
    }

    @Test
    void aMachineThatWasNotToldYetIsNotReady() {
        var told = machine("stopped", "stopped", null);

        assertThat(condition(statuses.of(instance, view(told, true)), "Ready").reason())
                .isEqualTo("Pending");
    }

    @Test
    void thePublicAddressComesAndGoesWithTheAssociation() {
        var associated = InstanceFixture.networkInterface(true, "203.0.113.1");
        var told = machine("running", "running", null);

        var with = statuses.of(instance, new InstanceView(ACCOUNT, inputs(), VALID, VALID, associated, null, told));
        instance.setStatus(with);

        assertThat(with.publicIpAddress()).isEqualTo("203.0.113.1");
        assertThat(statuses.shuttingDown(instance, "", told).publicIpAddress()).isEqualTo("203.0.113.1");
        assertThat(statuses.of(instance, view(told, true)).publicIpAddress()).isNull();
    }

    @Test
    void withoutAMachineItIsPending() {
        var waiting = Progress.pending(InstanceReason.NetworkInterfacePending, "no address");

        var status = statuses.of(instance, new InstanceView(ACCOUNT, inputs(), VALID, waiting, null, null, null));

        assertThat(status.state()).isEqualTo("pending");
        assertThat(told(status))
                .containsExactly("True Valid", "False NetworkInterfacePending", "False NetworkInterfacePending");
        assertThat(status.arn()).isEqualTo("arn:aws:ec2:home-1:111122223333:instance/" + status.instanceId());
    }

    @Test
    void whatAMachineWaitsForIsWhyItsInstanceIsNotReady() {
        var waiting = Progress.pending(InstanceReason.VolumePending, "Volume web-root: Creating");
        var machine = machine("running", "pending", null);

        var status = statuses.of(instance, new InstanceView(ACCOUNT, inputs(), VALID, waiting, null, null, machine));

        assertThat(told(status)).containsExactly("True Valid", "False VolumePending", "False VolumePending");
        assertThat(condition(status, "Ready").message()).isEqualTo("Volume web-root: Creating");
    }

    @Test
    void aLackOfRoomIsSaidInTheWordsOfAws() {
        var noRoom = Progress.pending(InstanceReason.InsufficientInstanceCapacity, "no host has 1024 MiB");

        var status = statuses.of(instance, new InstanceView(ACCOUNT, inputs(), VALID, noRoom, null, null, null));

        assertThat(status.stateReason()).isEqualTo("Server.InsufficientInstanceCapacity: no host has 1024 MiB");
        assertThat(condition(status, "Accepted").status()).isEqualTo("True");
    }

    @Test
    void aRefusalIsTheReasonOfEveryConditionUntilThereIsAMachine() {
        var refusal = Progress.pending(InstanceReason.ImageNotFound, "Image img does not exist");

        var status = statuses.of(instance, new InstanceView(null, null, refusal, refusal, null, null, null));

        assertThat(told(status)).containsOnly("False ImageNotFound");
        assertThat(status.arn()).isNull();
    }

    @Test
    void aRefusedChangeDoesNotTakeARunningMachineAway() {
        var refusal = Progress.pending(InstanceReason.IncorrectInstanceState, "stop it first");

        var status = statuses.of(
                instance, view(machine("running", "running", null), true).withAccepted(refusal));

        assertThat(told(status)).containsExactly("False IncorrectInstanceState", "True Programmed", "True Running");
    }

    @Test
    void whatIsKnownStaysKnownWhenReferencesVanish() {
        instance.setStatus(statuses.of(instance, view(machine("running", "running", null), true)));
        var refusal = Progress.pending(InstanceReason.ImageNotFound, "gone");

        var status = statuses.of(instance, new InstanceView(null, null, refusal, refusal, null, null, null));

        assertThat(status.arn()).isEqualTo(instance.getStatus().arn());
        assertThat(status.privateIpAddress()).isEqualTo("10.0.1.10");
        assertThat(status.subnetId()).isEqualTo(instance.getStatus().subnetId());
        assertThat(status.vpcId()).isEqualTo(instance.getStatus().vpcId());
        assertThat(status.imageId()).isEqualTo(instance.getStatus().imageId());
    }

    @Test
    void aTerminationIsShuttingDownAndKeepsItsAddress() {
        var machine = machine("running", "running", null);
        instance.setStatus(statuses.of(instance, view(machine, true)));

        var status = statuses.shuttingDown(instance, "the machine goes", machine);

        assertThat(status.state()).isEqualTo("shutting-down");
        assertThat(status.privateIpAddress()).isEqualTo("10.0.1.10");
        assertThat(told(status)).containsExactly("True Valid", "Unknown ShuttingDown", "False ShuttingDown");
    }

    /** The placement has a writer of its own: a status that named it would take it over. */
    @Test
    void thePlacementIsNeverNamed() {
        instance.setStatus(placed());

        assertThat(statuses.of(instance, view(machine("running", "running", null), true))
                        .placement())
                .isNull();
    }

    @Test
    void anUnchangedWorldGivesAnUnchangedStatus() {
        var view = view(machine("running", "running", null), true);
        instance.setStatus(statuses.of(instance, view));
        var later = new InstanceStatusFactory(Clock.offset(CLOCK, Duration.ofHours(1)), "home-1");

        assertThat(later.of(instance, view)).isEqualTo(instance.getStatus());
    }

    private static InstanceView view(HostMachine machine, boolean port) {
        return new InstanceView(ACCOUNT, inputs(), VALID, PROGRAMMED, networkInterface(port), null, machine);
    }

    private static InstanceInputs inputs() {
        return InstanceFixture.inputs("kernel", "t3.micro", 2, 1024);
    }

    private static HostMachine machine(String wanted, String state, String poweredOffBy) {
        var machine = new HostMachine();
        machine.setSpec(new HostMachineSpec("i-1", 2, 1024, null, List.of(), List.of(), null, wanted, 1L, null));
        return reported(machine, state, poweredOffBy);
    }

    private static InstanceStatus placed() {
        return new InstanceStatus(
                List.of(),
                1L,
                null,
                null,
                "pending",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new InstanceStatus.Placement("home-1a", "tower"),
                null);
    }

    /** Status and reason of Accepted, Programmed and Ready. */
    private static List<String> told(InstanceStatus status) {
        return status.conditions().stream()
                .map(condition -> condition.status() + " " + condition.reason())
                .toList();
    }

    private static Condition condition(InstanceStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}

package io.minicloud.controller.ec2.networkinterface;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected is what AWS tells: released when the instance is stopped or terminated, or when an Elastic IP is associated. */
class LaunchAddressRulesTest {
    private static final String RUNNING = "spec: {state: running}\nstatus: {state: running}";
    private static final String STOPPED = "spec: {state: stopped}\nstatus: {state: stopped}";

    @ParameterizedTest(name = "wanted {0}, is {1} for {2}: {3}")
    @CsvSource({
        "running,,, true",
        "running, pending,, true",
        "running, running,, true",
        "stopped, running,, true",
        "stopped, stopping,, true",
        "stopped, stopped, Client.UserInitiatedShutdown: User initiated shutdown, false",
        "stopped, pending,, false",
        "running, stopped, Client.UserInitiatedShutdown: User initiated shutdown, true",
        "running, stopped, Client.InstanceInitiatedShutdown: Instance initiated shutdown, false",
        "running, stopping, Client.InstanceInitiatedShutdown: Instance initiated shutdown, true",
    })
    void itIsHeldFromTheStartUntilTheStop(String wanted, String state, String why, boolean held) {
        var instance = instance("spec: {state: %s}\nstatus: {state: %s, stateReason: %s}"
                .formatted(wanted, state, why == null ? null : "\"" + why + "\""));

        assertThat(LaunchAddressRules.runs(instance)).isEqualTo(held);
    }

    @Test
    void oneThatIsNewIsToRunAndOneThatGoesDoesNot() {
        var going = instance(RUNNING);
        going.getMetadata().setDeletionTimestamp("2026-11-22T10:00:00Z");

        assertThat(LaunchAddressRules.runs(instance("spec: {}"))).isTrue();
        assertThat(LaunchAddressRules.runs(going)).isFalse();
    }

    @Test
    void anElasticIpTakesItsPlaceUntilAStop() {
        assertThat(withheld(eni(null), RUNNING, false)).isNull();
        assertThat(withheld(eni("Assigned"), RUNNING, true)).isEqualTo("ReplacedByElasticIp");
        assertThat(withheld(eni("ReplacedByElasticIp"), RUNNING, false)).isEqualTo("ReplacedByElasticIp");
        assertThat(withheld(eni("ReplacedByElasticIp"), STOPPED, true)).isEqualTo("InstanceNotRunning");
        assertThat(withheld(eni("InstanceNotRunning"), RUNNING, false)).isNull();
    }

    @Test
    void withoutAnInstanceThereIsNone() {
        assertThat(LaunchAddressRules.withheld(eni(null), Optional.empty(), false, false))
                .hasValueSatisfying(why -> assertThat(why.done()).isFalse());
    }

    /** AWS: one with several interfaces keeps its address until it is stopped, and gets none when it is started again. */
    @Test
    void withSeveralInterfacesItIsNotGivenAtAStart() {
        var assigned = eni("Assigned");
        assigned.setStatus(Serialization.unmarshal(
                        "status: {association: {publicIp: 203.0.113.1, ipOwnerId: amazon}}", NetworkInterface.class)
                .getStatus());

        assertThat(withheld(eni("InstanceNotRunning"), RUNNING, false, true)).isEqualTo("SeveralNetworkInterfaces");
        assertThat(withheld(eni("SeveralNetworkInterfaces"), RUNNING, false, false))
                .isEqualTo("SeveralNetworkInterfaces");
        assertThat(withheld(eni("SeveralNetworkInterfaces"), STOPPED, false, true))
                .isEqualTo("InstanceNotRunning");
        assertThat(withheld(eni("InstanceNotRunning"), RUNNING, false, false)).isNull();
        assertThat(withheld(assigned, RUNNING, false, true)).isNull();
    }

    private static String withheld(NetworkInterface eni, String instance, boolean elasticIp) {
        return withheld(eni, instance, elasticIp, false);
    }

    private static String withheld(NetworkInterface eni, String instance, boolean elasticIp, boolean several) {
        return LaunchAddressRules.withheld(eni, Optional.of(instance(instance)), elasticIp, several)
                .map(why -> why.reason().name())
                .orElse(null);
    }

    private static Instance instance(String yaml) {
        return Serialization.unmarshal(yaml, Instance.class);
    }

    private static NetworkInterface eni(String reason) {
        return Serialization.unmarshal(
                reason == null ? "spec: {associatePublicIpAddress: true}" : """
                        spec: {associatePublicIpAddress: true}
                        status: {conditions: [{type: PublicIpAddressAssigned, status: "False", reason: %s}]}
                        """.formatted(reason),
                NetworkInterface.class);
    }
}

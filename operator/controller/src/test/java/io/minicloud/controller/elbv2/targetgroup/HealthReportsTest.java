package io.minicloud.controller.elbv2.targetgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.elbv2.TargetGroupStatus.Target;
import io.minicloud.api.host.HostAppliance;
import io.minicloud.controller.loadbalancing.EstateFixture;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthReportsTest {
    private static final String GROUP = "tg-0123456789abcdef0";
    private static final Registered TARGET = new Registered(new Target("10.0.1.9", 80, "a"), "10.0.1.9", null);

    @ParameterizedTest
    @CsvSource({
        "Healthy, Healthy, healthy, ",
        "Healthy, Initial, initial, Elb.InitialHealthChecking",
        "Initial, Initial, initial, Elb.InitialHealthChecking",
        "Healthy, Unhealthy, unhealthy, Target.FailedHealthChecks",
        "Unhealthy, Initial, unhealthy, Target.FailedHealthChecks"
    })
    void oneNodeMakesItUnhealthyAndAllMakeItHealthy(String one, String other, String state, String reason) {
        var health = reports(
                        Set.of("a"),
                        node("10.0.1.9", report("10.0.1.9", one)),
                        node("10.0.1.9", report("10.0.1.9", other)))
                .of(TARGET);

        assertThat(health.state()).isEqualTo(state);
        assertThat(health.reason()).isEqualTo(reason);
    }

    /** A node that began just now has found nothing yet; those that have found something decide. */
    @Test
    void aNodeThatFoundNothingYetDoesNotDecide() {
        assertThat(reports(Set.of("a"), node("10.0.1.9", report("10.0.1.9", "Healthy")), node("10.0.1.9", ""))
                        .of(TARGET)
                        .state())
                .isEqualTo("healthy");
    }

    @Test
    void whatNoNodeIsToldOfIsBeingRegistered() {
        assertThat(reports(Set.of("a"), node("10.0.1.10", report("10.0.1.9", "Healthy")))
                        .of(TARGET)
                        .reason())
                .isEqualTo("Elb.RegistrationInProgress");
    }

    @Test
    void whatIsInAZoneWithoutANodeIsUnused() {
        var health = reports(Set.of("b"), node("10.0.1.9", report("10.0.1.9", "Healthy")))
                .of(TARGET);

        assertThat(health.state()).isEqualTo("unused");
        assertThat(health.reason()).isEqualTo("Target.NotInUse");
        assertThat(health.description()).contains("Availability Zone");
    }

    @Test
    void whatDoesNotRunIsUnusedBeforeAllElse() {
        var stopped = new Registered(new Target("i-1", 80, "a"), null, "stopped");

        assertThat(reports(Set.of("a")).of(stopped).reason()).isEqualTo("Target.InvalidState");
        assertThat(HealthReports.unused().of(stopped).reason()).isEqualTo("Target.InvalidState");
        assertThat(HealthReports.unused().of(TARGET).reason()).isEqualTo("Target.NotInUse");
    }

    private static HealthReports reports(Set<String> zones, HostAppliance... nodes) {
        return HealthReports.of(GROUP, zones, List.of(nodes));
    }

    private static HostAppliance node(String told, String reports) {
        return EstateFixture.object("node", HostAppliance.class, """
                spec:
                  proxy:
                    listeners: []
                    targetGroups: [{targetGroupId: %1$s, targets: [{address: %2$s, port: 80}]}]
                status: {proxy: {targets: [%3$s]}}
                """.formatted(GROUP, told, reports));
    }

    private static String report(String address, String state) {
        return "{targetGroupId: %s, address: %s, port: 80, state: %s}".formatted(GROUP, address, state);
    }
}

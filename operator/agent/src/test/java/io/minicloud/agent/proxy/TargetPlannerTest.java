package io.minicloud.agent.proxy;

import static io.minicloud.agent.proxy.Specs.draining;
import static io.minicloud.agent.proxy.Specs.group;
import static io.minicloud.agent.proxy.Specs.of;
import static io.minicloud.agent.proxy.Specs.proxy;
import static io.minicloud.agent.proxy.Specs.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.proxy.ProxyState.Server;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyStatus;
import io.minicloud.api.host.ProxyTargetGroup.Target;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetPlannerTest {
    private static final String ADDRESS = "10.0.1.11";
    private static final Server SPARE = new Server("no check", "", 0, 0);
    private static final TargetHealth NOTHING = new TargetHealth(null);

    private final ProxySpec spec = spec(target(ADDRESS));
    private final String name = TargetName.of(spec.targetGroups().getFirst(), target(ADDRESS));
    private final String its = group(1) + "/t" + name;
    private final String spare = group(1) + "/s" + name;

    @Test
    void aNewTargetIsDownUntilItIsChecked() {
        assertThat(plan(spec, Map.of(), NOTHING).getFirst())
                .containsExactly(
                        "add server " + its + " 10.0.1.11:8080 check inter 1s rise 2 fall 2 weight 0",
                        "enable server " + its,
                        "set server " + its + " health down",
                        "enable health " + its,
                        "set server " + its + " weight 1");
        assertThat(plan(spec, Map.of(), NOTHING).getLast())
                .containsExactly("add server " + spare + " 10.0.1.11:8080 backup", "enable server " + spare);
    }

    @Test
    void oneSuccessIsEnoughForANewTargetAndForNoOther() {
        var servers = Map.of(its, new Server("DOWN 1/2", "L7OK", 200, 0), spare, SPARE);
        assertThat(plan(spec, servers, NOTHING)).containsExactly(List.of("set server " + its + " health up"));
        assertThat(plan(spec, servers, known("Initial"))).isNotEmpty();
        assertThat(plan(spec, servers, known("Unhealthy"))).isEmpty();
        assertThat(plan(spec, Map.of(its, new Server("DOWN", "L4CON", 0, 0), spare, SPARE), NOTHING))
                .isEmpty();
    }

    @Test
    void whatDrainsIsOffWithoutItsSpareAndOneThatIsGoneLeavesWhenItIsIdle() {
        var up = new Server("UP", "L7OK", 200, 3);
        var off = new Server("MAINT", "L7OK", 200, 3);
        assertThat(plan(spec(draining(ADDRESS)), Map.of(its, up, spare, SPARE), NOTHING))
                .containsExactlyInAnyOrder(
                        List.of("set server " + its + " state maint"),
                        List.of("set server " + spare + " state maint", "del server " + spare));
        assertThat(plan(spec(draining(ADDRESS)), Map.of(its, off), NOTHING)).isEmpty();
        assertThat(plan(spec(), Map.of(its, off), NOTHING)).isEmpty();
        assertThat(plan(spec(), Map.of(its, new Server("MAINT", "", 0, 0)), NOTHING))
                .containsExactly(List.of("del server " + its));
        assertThat(plan(spec, Map.of(its, up, spare, SPARE), NOTHING)).isEmpty();
    }

    @Test
    void aProcessThatEndsIsToldWhoGetsNothingMoreAndKeepsItsSpares() {
        var up = Map.of(its, new Server("UP", "L7OK", 200, 3), spare, SPARE);
        assertThat(TargetPlanner.farewell(spec(draining(ADDRESS)), up))
                .containsExactly("set server " + its + " state maint");
        assertThat(TargetPlanner.farewell(spec(), up)).containsExactly("set server " + its + " state maint");
        assertThat(TargetPlanner.farewell(spec, up)).isEmpty();
        assertThat(TargetPlanner.farewell(spec(), Map.of(its, new Server("MAINT", "", 0, 0))))
                .isEmpty();
        assertThat(TargetPlanner.farewell(proxy(List.of()), up)).as("no group").isEmpty();
    }

    @Test
    void oldProcessesAreKnownByTheirNumbers() {
        var told = """
                #<PID>          <type>          <reloads>       <uptime>        <version>
                1               master          2 [failed: 0]   0d00h00m14s     3.0.11
                # workers
                26              worker          0               0d00h00m00s     3.0.11
                # old workers
                17              worker          1               0d00h00m01s     3.0.11
                9               worker          2               0d00h00m03s     3.0.11
                # programs

                """;
        assertThat(ProxyState.leaving(told)).containsExactly(17, 9);
        assertThat(ProxyState.leaving(told.substring(0, told.indexOf("# old")))).isEmpty();
    }

    @Test
    void whatIsKnownIsToldInAwsWords() {
        assertThat(state("UP", "L7OK", 200, null)).isEqualTo(List.of("Healthy"));
        assertThat(state("UP 1/2", "L7STS", 500, null)).isEqualTo(List.of("Healthy"));
        assertThat(state("DOWN", "INI", 0, null)).isEqualTo(List.of("Initial"));
        assertThat(state("DOWN", "L7STS", 500, null)).isEqualTo(List.of("Unhealthy", "ResponseCodeMismatch", "500"));
        assertThat(state("DOWN", "L4TOUT", 0, null)).isEqualTo(List.of("Unhealthy", "Timeout"));
        assertThat(state("DOWN", "L4CON", 0, null)).isEqualTo(List.of("Unhealthy", "FailedHealthChecks"));
        assertThat(state("DOWN 1/2", "L7OK", 200, "Unhealthy")).isEqualTo(List.of("Unhealthy"));
        assertThat(state("DOWN", "INI", 0, "Unhealthy")).isEqualTo(List.of("Unhealthy"));
    }

    @Test
    void aNewProcessKnowsWhatTheOldOneKnewAndThatTheNewAreDown() {
        var known = "7 %s 1 t%s 10.0.1.11 2 0 1 1 401 15 3 3 6 0 0 0 - 8080 - 0 0 - - 0".formatted(group(1), name);
        assertThat(StateFile.render(spec, known).lines().skip(2)).containsExactly(known);
        assertThat(StateFile.render(spec, "").lines().skip(2))
                .containsExactly(
                        "0 %s 0 t%s 10.0.1.11 0 0 1 1 0 1 0 0 6 0 0 0 - 8080 - 0 0 - - 0".formatted(group(1), name));
        assertThat(StateFile.render(spec(draining(ADDRESS)), known).lines().skip(2))
                .isEmpty();
    }

    private List<String> state(String status, String check, int code, @Nullable String before) {
        var target = (before == null ? NOTHING : known(before))
                .status(spec, Map.of(its, new Server(status, check, code, 0)))
                .targets()
                .getFirst();
        return Stream.of(target.state(), target.cause(), target.responseCode())
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
    }

    private static TargetHealth known(String state) {
        return new TargetHealth(
                new ProxyStatus(List.of(new ProxyStatus.Target(group(1), ADDRESS, 8080, state, null, null))));
    }

    private static List<List<String>> plan(ProxySpec spec, Map<String, Server> servers, TargetHealth health) {
        return TargetPlanner.plan(spec, servers, health);
    }

    private static ProxySpec spec(Target... targets) {
        return proxy(List.of(), of(1, null, List.of(targets)));
    }
}

package io.minicloud.controller.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.host.HostDisk;
import io.minicloud.api.host.HostDiskSpec;
import io.minicloud.reconcile.plan.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChangesTest {
    private static final Map<String, String> OURS = Map.of("app.kubernetes.io/managed-by", "minicloud");

    static List<Arguments> tables() {
        var wanted = disk("a", 8, OURS);
        return List.of(
                Arguments.of("nothing wanted, nothing there", List.of(), List.of(), List.of()),
                Arguments.of("is missing", List.of(wanted), List.of(), List.of("apply HostDisk a")),
                Arguments.of("is there", List.of(wanted), List.of(disk("a", 8, OURS)), List.of()),
                Arguments.of("has grown", List.of(wanted), List.of(disk("a", 4, OURS)), List.of("apply HostDisk a")),
                Arguments.of("lost a label", List.of(wanted), List.of(disk("a", 8, null)), List.of("apply HostDisk a")),
                Arguments.of("has labels of others", List.of(disk("a", 8, null)), List.of(wanted), List.of()),
                Arguments.of("is not wanted", List.of(), List.of(wanted), List.of("delete HostDisk a")),
                Arguments.of("is going already", List.of(), List.of(going("a")), List.of()),
                Arguments.of(
                        "another namespace is another object",
                        List.of(wanted),
                        List.of(elsewhere("a")),
                        List.of("apply HostDisk a", "delete HostDisk a")),
                Arguments.of(
                        "what is written comes before what goes",
                        List.of(disk("b", 8, OURS), wanted),
                        List.of(disk("c", 8, OURS)),
                        List.of("apply HostDisk b", "apply HostDisk a", "delete HostDisk c")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void plansTheDifference(String when, List<HostDisk> desired, List<HostDisk> observed, List<String> steps) {
        var changes = Changes.between(desired, observed);
        var written = new FakeObjectWriter();

        var plan = changes.plan(written);

        assertThat(changes.isEmpty()).as(when).isEqualTo(steps.isEmpty());
        assertThat(plan.actions()).extracting(Action::describe).hasSameSizeAs(steps);
        plan.actions().forEach(ChangesTest::run);
        assertThat(written.done()).isEqualTo(steps);
    }

    private static void run(Action action) {
        try {
            action.apply();
        } catch (Exception e) {
            throw new AssertionError(action.describe(), e);
        }
    }

    private static HostDisk disk(String name, int size, Map<String, String> labels) {
        var disk = new HostDisk();
        disk.setMetadata(new ObjectMetaBuilder()
                .withNamespace("minicloud-host-tower")
                .withName(name)
                .withLabels(labels)
                .build());
        disk.setSpec(new HostDiskSpec(name, size, null, "Delete"));
        return disk;
    }

    private static HostDisk going(String name) {
        var disk = disk(name, 8, OURS);
        disk.getMetadata().setDeletionTimestamp("2026-11-21T10:00:00Z");
        return disk;
    }

    private static HostDisk elsewhere(String name) {
        var disk = disk(name, 8, OURS);
        disk.getMetadata().setNamespace("minicloud-host-attic");
        return disk;
    }
}

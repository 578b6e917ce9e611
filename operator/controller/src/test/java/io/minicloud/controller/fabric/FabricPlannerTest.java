package io.minicloud.controller.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.host.AddressSet;
import io.minicloud.api.host.AddressSetSpec;
import io.minicloud.api.host.HostNetworkSpec;
import io.minicloud.controller.vpcmodel.VpcModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class FabricPlannerTest {
    private static final FabricObservation NOTHING = new FabricObservation(List.of(), List.of());
    private static final VpcModel.Port WEB = port("eni-web", "tower", "10.0.1.4");
    private static final VpcModel.Port DB = port("eni-db", "attic", "10.0.1.5");

    @Test
    void aVpcWithoutPortsHasNothing() {
        var plan = plan(List.of(), NOTHING);

        assertThat(plan.sets().isEmpty()).isTrue();
        assertThat(plan.networks().isEmpty()).isTrue();
    }

    @Test
    void everyHostWithAPortGetsTheNetworkAndTheFabricTheSets() {
        var plan = plan(List.of(WEB, DB), NOTHING);

        assertThat(plan.networks().apply())
                .extracting(network -> network.getMetadata().getNamespace() + "/"
                        + network.getMetadata().getName())
                .containsExactly("minicloud-host-attic/vpc-1", "minicloud-host-tower/vpc-1");
        assertThat(plan.sets().apply())
                .extracting(set -> set.getMetadata().getNamespace() + "/"
                        + set.getMetadata().getName())
                .containsExactly("minicloud-fabric/sg-1-0", "minicloud-fabric/vpc-1-0");
        assertThat(plan.networks().apply()).allSatisfy(FabricPlannerTest::pointsBack);
        assertThat(plan.sets().apply()).allSatisfy(FabricPlannerTest::pointsBack);
    }

    @Test
    void theSecondPlanIsEmpty() {
        var plan = plan(List.of(WEB, DB), after(plan(List.of(WEB, DB), NOTHING)));

        assertThat(plan.sets().isEmpty()).isTrue();
        assertThat(plan.networks().isEmpty()).isTrue();
    }

    @Test
    void aNewPortOnAHostThatHasTheNetworkWritesSetsOnly() {
        var more = List.of(WEB, DB, port("eni-more", "tower", "10.0.1.6"));

        var plan = plan(more, after(plan(List.of(WEB, DB), NOTHING)));

        assertThat(plan.networks().isEmpty()).isTrue();
        assertThat(plan.sets().apply())
                .extracting(set -> set.getMetadata().getName())
                .containsExactly("sg-1-0", "vpc-1-0");
    }

    @Test
    void theLastPortOfAHostTakesTheNetworkFromIt() {
        var plan = plan(List.of(WEB), after(plan(List.of(WEB, DB), NOTHING)));

        assertThat(plan.networks().apply()).isEmpty();
        assertThat(plan.networks().delete())
                .extracting(network -> network.getMetadata().getNamespace())
                .containsExactly("minicloud-host-attic");
    }

    @Test
    void nothingStaysOfAVpcWithoutPorts() {
        var plan = plan(List.of(), after(plan(List.of(WEB, DB), NOTHING)));

        assertThat(plan.networks().delete()).hasSize(2);
        assertThat(plan.sets().delete()).hasSize(2);
    }

    @Test
    void setsAreWrittenBeforeTheRulesThatNameThem() {
        var steps = plan(List.of(WEB), NOTHING).plan(null).actions();

        assertThat(steps)
                .extracting(step -> step.describe().split(" ")[1])
                .containsExactly("AddressSet", "AddressSet", "HostNetwork");
    }

    @Test
    void anAddressStaysInItsSlice() {
        var set = new AddressSet();
        set.setMetadata(new ObjectMetaBuilder()
                .withNamespace(Labels.FABRIC_NAMESPACE)
                .withName(FabricPlanner.name("vpc-1", 1))
                .build());
        set.setSpec(new AddressSetSpec(
                "vpc-1", "vpc-1", "Vpc", 1, List.of(new AddressSetSpec.Entry("10.0.1.4", "eni-web", "tower"))));

        var written = plan(List.of(WEB), new FabricObservation(List.of(), List.of(set)))
                .sets();

        assertThat(written.delete()).isEmpty();
        assertThat(written.apply())
                .filteredOn(slice -> slice.getMetadata().getName().equals("vpc-1-1"))
                .singleElement()
                .satisfies(slice -> assertThat(slice.getSpec()).isEqualTo(set.getSpec()));
    }

    private static FabricPlan plan(List<VpcModel.Port> ports, FabricObservation observed) {
        var vpc = new Vpc();
        vpc.setMetadata(new ObjectMetaBuilder()
                .withNamespace("lab")
                .withName("main")
                .withUid("uid-1")
                .build());
        var model = new VpcModel(
                "vpc-1",
                List.of("10.0.0.0/16"),
                new HostNetworkSpec.Dns(true, "home-1.compute.internal", true),
                List.of(new VpcModel.Subnet("subnet-a", "10.0.1.0/24")),
                List.of(new VpcModel.Group("sg-1", List.of(), List.of())),
                List.of(),
                List.of(),
                null,
                ports);
        return FabricPlanner.plan(vpc, model, observed);
    }

    private static FabricObservation after(FabricPlan plan) {
        return new FabricObservation(plan.networks().apply(), plan.sets().apply());
    }

    private static void pointsBack(HasMetadata derived) {
        assertThat(derived.getMetadata().getLabels())
                .containsEntry(Labels.VPC_ID, "vpc-1")
                .containsEntry(Labels.OWNER_NAMESPACE, "lab")
                .containsEntry(Labels.OWNER_UID, "uid-1");
        assertThat(derived.getMetadata().getAnnotations()).containsEntry(Labels.OWNER_NAME, "main");
    }

    private static VpcModel.Port port(String id, String host, String address) {
        return new VpcModel.Port(id, host, "subnet-a", List.of(address), List.of("sg-1"));
    }
}

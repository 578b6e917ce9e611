package io.minicloud.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Our own definition of Vpc, changed where a definition can change beside its schema. */
class CrdCompatibilityTest {
    @Test
    void nothingHappenedToWhatIsTheSame() {
        assertThat(breaks(definition -> {})).isEmpty();
    }

    @Test
    void theNameOfAKindIsForEver() {
        assertThat(breaks(d -> d.getSpec().setScope("Cluster"))).containsExactly("scope: changed");
        assertThat(breaks(d -> d.getSpec().setGroup("ec3.minicloud.io"))).containsExactly("group: changed");
        assertThat(breaks(d -> d.getSpec().getNames().setKind("Network"))).containsExactly("names.kind: changed");
        assertThat(breaks(d -> d.getSpec().getNames().setPlural("vpcses"))).containsExactly("names.plural: changed");
        assertThat(breaks(d -> d.getSpec().getNames().setCategories(List.of())))
                .containsExactly("names.categories: minicloud removed");
    }

    @Test
    void namesMayBeAdded() {
        assertThat(breaks(d -> d.getSpec().getNames().setShortNames(List.of("net"))))
                .isEmpty();
    }

    @Test
    void aVersionStaysServed() {
        assertThat(breaks(d -> d.getSpec().getVersions().getFirst().setName("v1")))
                .containsExactly("v1alpha1: no longer served");
        assertThat(breaks(d -> d.getSpec().getVersions().getFirst().setServed(false)))
                .containsExactly("v1alpha1: no longer served");
    }

    @Test
    void anotherVersionMayBeAdded() {
        assertThat(breaks(d -> {
                    var other = vpc().getSpec().getVersions().getFirst();
                    other.setName("v1");
                    other.setStorage(false);
                    d.getSpec().getVersions().add(other);
                }))
                .isEmpty();
    }

    @Test
    void theStatusStaysASubresource() {
        assertThat(breaks(d -> d.getSpec().getVersions().getFirst().setSubresources(null)))
                .containsExactly("v1alpha1 subresources.status: changed");
    }

    @Test
    void columnsAreForPeople() {
        assertThat(breaks(d -> d.getSpec().getVersions().getFirst().setAdditionalPrinterColumns(List.of())))
                .isEmpty();
    }

    @Test
    void theSchemaOfEachVersionIsCompared() {
        assertThat(breaks(d -> CrdFiles.schema(d)
                        .getProperties()
                        .get("spec")
                        .getProperties()
                        .remove("cidrBlock")))
                .containsExactly("v1alpha1 spec.cidrBlock: removed");
    }

    private List<String> breaks(Consumer<CustomResourceDefinition> change) {
        var changed = vpc();
        change.accept(changed);
        return CrdCompatibility.breaks(vpc(), changed);
    }

    private static CustomResourceDefinition vpc() {
        return CrdFiles.parse(CrdFiles.generate().get("vpcs.ec2.minicloud.io.yaml"));
    }
}

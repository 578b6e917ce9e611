package io.minicloud.app.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.minicloud.api.common.Labels;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradeRulesTest {
    @ParameterizedTest
    @CsvSource({
        "0.2.0,           0.1.0,          false",
        "0.2.0,           0.2.0,          false",
        "0.2.0,           0.2.1,          true",
        "0.9.0,           0.10.0,         true",
        "0.10.0,          0.9.0,          false",
        "0.2.0-SNAPSHOT,  0.2.0,          true",
        "0.2.0,           0.2.0-SNAPSHOT, false",
        "0.2.0,           0.2.0-rc.1,     false",
        "1.0.0,           0.99.99,        false",
        "0.2.0,           of my own,      true",
    })
    void whatIsNewerIsRefused(String ours, String theirs, boolean refused) {
        var present = of(Map.of(Labels.RELEASE, theirs));

        assertThat(UpgradeRules.refusal(of(Map.of(Labels.RELEASE, ours)), present)
                        .isPresent())
                .isEqualTo(refused);
    }

    @Test
    void whatSaysNoReleaseIsOlder() {
        assertThat(UpgradeRules.refusal(of(Map.of(Labels.RELEASE, "0.1.0")), of(null)))
                .isEmpty();
    }

    @Test
    void aStoredVersionStays() {
        var packed = of(Map.of(Labels.RELEASE, "0.2.0"));
        var present = new CustomResourceDefinitionBuilder(of(Map.of(Labels.RELEASE, "0.1.0")))
                .withNewStatus()
                .withStoredVersions("v1alpha1", "v1alpha0")
                .endStatus()
                .build();

        assertThat(UpgradeRules.refusal(packed, present))
                .hasValueSatisfying(why -> assertThat(why).contains("v1alpha0"));
        present.getStatus().getStoredVersions().remove("v1alpha0");
        assertThat(UpgradeRules.refusal(packed, present)).isEmpty();
    }

    private static CustomResourceDefinition of(Map<String, String> annotations) {
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName("vpcs.ec2.minicloud.io")
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .addNewVersion()
                .withName("v1alpha1")
                .endVersion()
                .endSpec()
                .build();
    }
}

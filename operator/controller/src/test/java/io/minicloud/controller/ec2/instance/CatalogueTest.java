package io.minicloud.controller.ec2.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.minicloud.api.ec2.InstanceType;
import io.minicloud.api.ec2.InstanceTypeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Expectations by hand from AWS's tables of instance types and of addresses per interface. */
class CatalogueTest {
    private static final Path CATALOGUE = Path.of("../../helm/minicloud/catalogue/instance-types.yaml");

    @Test
    void theNumbersAreThoseOfAws() throws IOException {
        assertThat(catalogue())
                .containsEntry("t2.micro", new InstanceTypeSpec(1, 1024, 2, 2))
                .containsEntry("t3.nano", new InstanceTypeSpec(2, 512, 2, 2))
                .containsEntry("t3.micro", new InstanceTypeSpec(2, 1024, 2, 2))
                .containsEntry("t3.small", new InstanceTypeSpec(2, 2048, 3, 4))
                .containsEntry("t3.medium", new InstanceTypeSpec(2, 4096, 3, 6))
                .containsEntry("t3.large", new InstanceTypeSpec(2, 8192, 3, 12))
                .containsEntry("m5.large", new InstanceTypeSpec(2, 8192, 3, 10))
                .containsEntry("c5.large", new InstanceTypeSpec(2, 4096, 3, 10))
                .containsEntry("r5.large", new InstanceTypeSpec(2, 16384, 3, 10));
    }

    private static Map<String, InstanceTypeSpec> catalogue() throws IOException {
        var serialization = new KubernetesSerialization();
        return Arrays.stream(Files.readString(CATALOGUE).split("(?m)^---$"))
                .skip(1)
                .map(text -> serialization.unmarshal(text, InstanceType.class))
                .collect(Collectors.toMap(type -> type.getMetadata().getName(), InstanceType::getSpec));
    }
}

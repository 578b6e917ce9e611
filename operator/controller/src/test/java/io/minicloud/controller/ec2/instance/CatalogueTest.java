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

/**
 * Expectations by hand: vCPUs and memory from AWS's tables of general purpose, compute optimized and memory optimized
 * instances, interfaces and addresses from "IP addresses per network interface".
 */
class CatalogueTest {
    private static final Path CATALOGUE = Path.of("../../helm/minicloud/catalogue/instance-types.yaml");

    private static final String AWS = """
            t3.nano 2 512 2 2
            t3.micro 2 1024 2 2
            t3.small 2 2048 3 4
            t3.medium 2 4096 3 6
            t3.large 2 8192 3 12
            t3.xlarge 4 16384 4 15
            t3.2xlarge 8 32768 4 15
            t3a.nano 2 512 2 2
            t3a.micro 2 1024 2 2
            t3a.small 2 2048 2 4
            t3a.medium 2 4096 3 6
            t3a.large 2 8192 3 12
            t3a.xlarge 4 16384 4 15
            t3a.2xlarge 8 32768 4 15
            t2.nano 1 512 2 2
            t2.micro 1 1024 2 2
            t2.small 1 2048 3 4
            t2.medium 2 4096 3 6
            t2.large 2 8192 3 12
            t2.xlarge 4 16384 3 15
            t2.2xlarge 8 32768 3 15
            m5.large 2 8192 3 10
            m5.xlarge 4 16384 4 15
            m5.2xlarge 8 32768 4 15
            c5.large 2 4096 3 10
            c5.xlarge 4 8192 4 15
            c5.2xlarge 8 16384 4 15
            r5.large 2 16384 3 10
            r5.xlarge 4 32768 4 15
            r5.2xlarge 8 65536 4 15
            """;

    @Test
    void theNumbersAreThoseOfAws() throws IOException {
        assertThat(catalogue()).isEqualTo(aws());
    }

    private static Map<String, InstanceTypeSpec> aws() {
        return AWS.lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(
                        row -> row[0],
                        row -> new InstanceTypeSpec(
                                Integer.valueOf(row[1]),
                                Integer.valueOf(row[2]),
                                Integer.valueOf(row[3]),
                                Integer.valueOf(row[4]))));
    }

    private static Map<String, InstanceTypeSpec> catalogue() throws IOException {
        var serialization = new KubernetesSerialization();
        return Arrays.stream(Files.readString(CATALOGUE).split("(?m)^---$"))
                .skip(1)
                .map(text -> serialization.unmarshal(text, InstanceType.class))
                .collect(Collectors.toMap(type -> type.getMetadata().getName(), InstanceType::getSpec));
    }
}

package io.minicloud.controller.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.ec2.VpcSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VpcDnsTest {
    @ParameterizedTest(name = "enableDnsSupport {0}, enableDnsHostnames {1}, isDefault {2}: private names resolve {3}")
    @CsvSource({
        "true, true,, true",
        ", true,, true",
        "false, true,, false",
        "true, false,, false",
        "true,,, false",
        ",,, false",
        ",, true, true",
        ", false, true, false",
        "false,, true, false",
    })
    void privateNamesResolveWhereBothAttributesAreSet(
            Boolean support, Boolean hostnames, Boolean isDefault, boolean resolve) {
        var vpc = new VpcSpec("10.0.0.0/16", null, support, hostnames, isDefault, null);

        var dns = VpcDns.of(vpc, "home-1.compute.internal");
        assertThat(dns.hostnames()).isEqualTo(resolve);
        assertThat(dns.enabled()).as("the resolver answers").isEqualTo(!Boolean.FALSE.equals(support));
    }
}

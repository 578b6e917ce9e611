package io.minicloud.controller.loadbalancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.host.ProxyListener;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By hand from AWS's table. */
class SecurityPoliciesTest {
    @Test
    void theRestrictedPolicyHasFourCiphersOfVersionTwo() {
        assertThat(SecurityPolicies.tls("ELBSecurityPolicy-FS-1-2-Res-2020-10", List.of("site")))
                .isEqualTo(new ProxyListener.Tls(
                        List.of("site"),
                        "TLSv1.2",
                        "TLSv1.2",
                        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384",
                        null));
    }

    @Test
    void thePolicyOfVersionThreeHasNoOlderCiphers() {
        assertThat(SecurityPolicies.tls("ELBSecurityPolicy-TLS13-1-3-2021-06", List.of("site")))
                .isEqualTo(new ProxyListener.Tls(
                        List.of("site"),
                        "TLSv1.3",
                        "TLSv1.3",
                        null,
                        "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"));
    }

    /** AWS's API takes the policy of 2016 when none is named: TLS 1.0 to 1.2, ciphers without forward secrecy too. */
    @Test
    void theDefaultIsThatOfTheApi() {
        var tls = SecurityPolicies.tls(null, List.of("site"));

        assertThat(tls).isEqualTo(SecurityPolicies.tls("ELBSecurityPolicy-2016-08", List.of("site")));
        assertThat(tls.minimumVersion()).isEqualTo("TLSv1.0");
        assertThat(tls.maximumVersion()).isEqualTo("TLSv1.2");
        assertThat(tls.ciphers()).contains("AES128-SHA:AES256-SHA", "@SECLEVEL=0");
        assertThat(tls.ciphers().split(":")).hasSize(19).doesNotHaveDuplicates();
        assertThat(tls.cipherSuites()).isNull();
    }

    @Test
    void theUsualPolicyHasForwardSecrecyOnly() {
        var tls = SecurityPolicies.tls("ELBSecurityPolicy-TLS13-1-2-2021-06", List.of("site"));

        assertThat(tls.ciphers().split(":")).hasSize(8).allMatch(cipher -> cipher.startsWith("ECDHE-"));
        assertThat(tls.minimumVersion()).isEqualTo("TLSv1.2");
        assertThat(tls.maximumVersion()).isEqualTo("TLSv1.3");
    }
}

package io.minicloud.controller.loadbalancing;

import io.minicloud.api.host.ProxyListener;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * AWS's security policies as versions of TLS and OpenSSL's names of ciphers, in AWS's order. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html">Security policies</a>
 */
public final class SecurityPolicies {
    /** What AWS's API takes when a listener names none. */
    public static final String DEFAULT = "ELBSecurityPolicy-2016-08";

    private static final String PREFIX = "ELBSecurityPolicy-";
    private static final String TLS10 = "TLSv1.0";
    private static final String TLS11 = "TLSv1.1";
    private static final String TLS12 = "TLSv1.2";
    private static final String TLS13 = "TLSv1.3";

    /** OpenSSL has TLS older than 1.2 only where it is asked for nothing stronger. */
    private static final String OLD_VERSIONS_TOO = "@SECLEVEL=0";

    private static final List<String> FORWARD_SECRET_GCM = List.of(
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384");
    private static final List<String> FORWARD_SECRET_CBC = List.of(
            "ECDHE-ECDSA-AES128-SHA256",
            "ECDHE-RSA-AES128-SHA256",
            "ECDHE-ECDSA-AES256-SHA384",
            "ECDHE-RSA-AES256-SHA384");
    private static final List<String> FORWARD_SECRET_SHA1 =
            List.of("ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA", "ECDHE-ECDSA-AES256-SHA");
    private static final List<String> PLAIN =
            List.of("AES128-GCM-SHA256", "AES128-SHA256", "AES256-GCM-SHA384", "AES256-SHA256");
    private static final List<String> PLAIN_SHA1 = List.of("AES128-SHA", "AES256-SHA");

    private static final String SUITES = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

    private static final List<String> RESTRICTED = FORWARD_SECRET_GCM;
    private static final List<String> FORWARD_SECRET = concat(RESTRICTED, FORWARD_SECRET_CBC);
    private static final List<String> FORWARD_SECRET_ALL = concat(FORWARD_SECRET, FORWARD_SECRET_SHA1);
    private static final List<String> STRONG = concat(FORWARD_SECRET, PLAIN);
    private static final List<String> ALL = concat(concat(FORWARD_SECRET_ALL, PLAIN), PLAIN_SHA1);

    private static final Map<String, Policy> POLICIES = Map.ofEntries(
            Map.entry("2016-08", new Policy(TLS10, TLS12, ALL)),
            Map.entry("TLS-1-1-2017-01", new Policy(TLS11, TLS12, ALL)),
            Map.entry("TLS-1-2-2017-01", new Policy(TLS12, TLS12, STRONG)),
            Map.entry("TLS-1-2-Ext-2018-06", new Policy(TLS12, TLS12, ALL)),
            Map.entry("FS-2018-06", new Policy(TLS10, TLS12, FORWARD_SECRET_ALL)),
            Map.entry("FS-1-1-2019-08", new Policy(TLS11, TLS12, FORWARD_SECRET_ALL)),
            Map.entry("FS-1-2-2019-08", new Policy(TLS12, TLS12, FORWARD_SECRET_ALL)),
            Map.entry("FS-1-2-Res-2019-08", new Policy(TLS12, TLS12, FORWARD_SECRET)),
            Map.entry("FS-1-2-Res-2020-10", new Policy(TLS12, TLS12, RESTRICTED)),
            Map.entry("TLS13-1-0-2021-06", new Policy(TLS10, TLS13, ALL)),
            Map.entry("TLS13-1-1-2021-06", new Policy(TLS11, TLS13, ALL)),
            Map.entry("TLS13-1-2-2021-06", new Policy(TLS12, TLS13, FORWARD_SECRET)),
            Map.entry("TLS13-1-2-Ext1-2021-06", new Policy(TLS12, TLS13, STRONG)),
            Map.entry("TLS13-1-2-Ext2-2021-06", new Policy(TLS12, TLS13, ALL)),
            Map.entry("TLS13-1-2-Res-2021-06", new Policy(TLS12, TLS13, RESTRICTED)),
            Map.entry("TLS13-1-3-2021-06", new Policy(TLS13, TLS13, List.of())));

    private SecurityPolicies() {}

    /**
     * How a listener encrypts.
     *
     * @param policy one of the schema's names; null: {@link #DEFAULT}
     * @param secretNames the Secrets of its certificates, in its order
     */
    static ProxyListener.Tls tls(@Nullable String policy, List<String> secretNames) {
        var name = Objects.requireNonNullElse(policy, DEFAULT).substring(PREFIX.length());
        var found = Objects.requireNonNull(POLICIES.get(name), () -> "no security policy " + policy);
        return new ProxyListener.Tls(
                secretNames,
                found.minimum,
                found.maximum,
                found.ciphers.isEmpty() ? null : found.openSsl(),
                found.maximum.equals(TLS13) ? SUITES : null);
    }

    private record Policy(String minimum, String maximum, List<String> ciphers) {
        String openSsl() {
            var old = minimum.compareTo(TLS12) < 0 ? Stream.of(OLD_VERSIONS_TOO) : Stream.<String>empty();
            return String.join(":", Stream.concat(ciphers.stream(), old).toList());
        }
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}

package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * A port on which a proxy takes connections.
 *
 * @param port The port.
 * @param protocol HTTP and HTTPS understand requests; TCP, TLS and UDP hand on bytes; HTTPS and TLS end encryption here.
 * @param tls How encryption is done; with HTTPS and TLS only.
 * @param rules What is done with a request, in order: the first rule that matches; with HTTP and HTTPS only.
 * @param defaultAction What is done when no rule matches.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.tls) == (self.protocol in ['HTTPS', 'TLS'])",
        message = "tls goes with HTTPS and TLS, and with them only",
        fieldPath = ".tls")
@ValidationRule(
        value =
                "self.protocol != 'UDP' || has(self.defaultAction.forward) && self.defaultAction.forward.targetGroups.size() == 1",
        message = "UDP is handed on to one target group",
        fieldPath = ".defaultAction")
@ValidationRule(
        value = "!has(self.rules) || self.rules.size() == 0 || self.protocol in ['HTTP', 'HTTPS']",
        message = "rules need a listener that understands requests: HTTP or HTTPS",
        fieldPath = ".rules")
public record ProxyListener(
        @Required @Min(1) @Max(65535) @JsonPropertyDescription("The port.")
        Integer port,

        @Required
        @Pattern("^(HTTP|HTTPS|TCP|TLS|UDP)$")
        @JsonPropertyDescription(
                "HTTP and HTTPS understand requests; TCP, TLS and UDP hand on bytes; HTTPS and TLS end encryption here.")
        String protocol,

        @JsonPropertyDescription("How encryption is done; with HTTPS and TLS only.")
        Tls tls,

        @Size(max = 200)
        @JsonPropertyDescription(
                "What is done with a request, in order: the first rule that matches; with HTTP and HTTPS only.")
        List<ProxyRule> rules,

        @Required @JsonPropertyDescription("What is done when no rule matches.")
        ProxyAction defaultAction) {
    /**
     * How encryption is done.
     *
     * @param secretNames Secrets of this host's namespace with the keys tls.crt (the chain) and tls.key; a client that names none of
     *     their domains gets the first
     * @param minimumVersion the oldest version of TLS
     * @param maximumVersion the newest version of TLS; the newest there is when absent
     * @param ciphers the ciphers of TLS 1.2 and older by OpenSSL's names, with colons between
     * @param cipherSuites the ciphers of TLS 1.3 by their standard names, with colons between
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Tls(
            @Required
            @Size(min = 1, max = 26)
            @JsonPropertyDescription(
                    "Secrets of this host's namespace with the keys tls.crt (the chain) and tls.key; a client that names none of their domains gets the first.")
            List<@Size(max = 253) String> secretNames,

            @Required @Pattern("^TLSv1\\.[0-3]$") @JsonPropertyDescription("The oldest version of TLS.")
            String minimumVersion,

            @Pattern("^TLSv1\\.[0-3]$")
            @JsonPropertyDescription("The newest version of TLS; the newest there is when absent.")
            String maximumVersion,

            @Size(max = 2000)
            @Pattern("^[A-Za-z0-9:_@=+!-]*$")
            @JsonPropertyDescription("The ciphers of TLS 1.2 and older by OpenSSL's names, with colons between.")
            String ciphers,

            @Size(max = 500)
            @Pattern("^[A-Z0-9:_]*$")
            @JsonPropertyDescription("The ciphers of TLS 1.3 by their standard names, with colons between.")
            String cipherSuites) {}
}

package io.minicloud.api.elbv2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import io.minicloud.api.common.LocalRef;
import java.util.List;
import java.util.Map;

/**
 * What someone wants of a {@link Listener}.
 *
 * @param loadBalancerRef The load balancer; immutable.
 * @param port The port; a load balancer has one listener on each.
 * @param protocol HTTP and HTTPS of an application load balancer, TCP, TLS and UDP of a network load balancer.
 * @param certificateRefs The certificates of HTTPS and TLS: the first for clients that name no domain of the others.
 * @param sslPolicy Which versions and ciphers of TLS are offered; ELBSecurityPolicy-2016-08 when absent, as in AWS's API.
 * @param defaultActions What is done when no rule matches: one action.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html">CreateListener</a>
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html">Security policies</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.loadBalancerRef == oldSelf.loadBalancerRef",
        message = "loadBalancerRef is immutable: delete the object and make a new one",
        fieldPath = ".loadBalancerRef")
@ValidationRule(
        value = "!(self.protocol in ['HTTPS', 'TLS']) || has(self.certificateRefs)",
        message = "HTTPS and TLS need a certificate (CertificateNotFound): name one in certificateRefs",
        fieldPath = ".certificateRefs")
@ValidationRule(
        value = "self.protocol in ['HTTPS', 'TLS'] || !has(self.certificateRefs)",
        message = "certificateRefs are for HTTPS and TLS: leave them out, or take one of these protocols",
        fieldPath = ".certificateRefs")
@ValidationRule(
        value =
                "!has(self.certificateRefs) || self.certificateRefs.all(a, self.certificateRefs.exists_one(b, a.name == b.name))",
        message = "certificateRefs names a certificate twice: name each once",
        fieldPath = ".certificateRefs")
@ValidationRule(
        value = "self.protocol in ['HTTPS', 'TLS'] || !has(self.sslPolicy)",
        message = "sslPolicy is for HTTPS and TLS: leave it out, or take one of these protocols",
        fieldPath = ".sslPolicy")
@ValidationRule(
        value =
                "self.protocol in ['HTTP', 'HTTPS'] || self.defaultActions.all(a, a.type == 'forward' && (!has(a.forwardConfig) || a.forwardConfig.targetGroups.size() == 1 && !has(a.forwardConfig.targetGroupStickinessConfig)))",
        message =
                "TCP, TLS and UDP understand no requests (InvalidLoadBalancerAction): take an action of type forward to one target group",
        fieldPath = ".defaultActions")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record ListenerSpec(
        @Required @JsonPropertyDescription("The load balancer; immutable.")
        LocalRef loadBalancerRef,

        @Required @Min(1) @Max(65535) @JsonPropertyDescription("The port; a load balancer has one listener on each.")
        Integer port,

        @Required
        @Pattern("^(HTTP|HTTPS|TCP|TLS|UDP)$")
        @JsonPropertyDescription(
                "HTTP and HTTPS of an application load balancer, TCP, TLS and UDP of a network load balancer.")
        String protocol,

        @Size(min = 1, max = 26)
        @JsonPropertyDescription(
                "The certificates of HTTPS and TLS: the first for clients that name no domain of the others.")
        List<LocalRef> certificateRefs,

        @Pattern(
                "^(ELBSecurityPolicy-2016-08|ELBSecurityPolicy-TLS-1-1-2017-01|ELBSecurityPolicy-TLS-1-2-2017-01|ELBSecurityPolicy-TLS-1-2-Ext-2018-06|ELBSecurityPolicy-FS-2018-06|ELBSecurityPolicy-FS-1-1-2019-08|ELBSecurityPolicy-FS-1-2-2019-08|ELBSecurityPolicy-FS-1-2-Res-2019-08|ELBSecurityPolicy-FS-1-2-Res-2020-10|ELBSecurityPolicy-TLS13-1-0-2021-06|ELBSecurityPolicy-TLS13-1-1-2021-06|ELBSecurityPolicy-TLS13-1-2-2021-06|ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06|ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06|ELBSecurityPolicy-TLS13-1-2-Res-2021-06|ELBSecurityPolicy-TLS13-1-3-2021-06)$")
        @JsonPropertyDescription(
                "Which versions and ciphers of TLS are offered; ELBSecurityPolicy-2016-08 when absent, as in AWS's API.")
        String sslPolicy,

        @Required @Size(min = 1, max = 1) @JsonPropertyDescription("What is done when no rule matches: one action.")
        List<ListenerAction> defaultActions,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {}

package io.minicloud.api.elbv2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
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
 * What someone wants of a {@link LoadBalancer}.
 *
 * @param type application: it speaks HTTP. network: it hands on connections. Immutable.
 * @param scheme internet-facing: with public addresses. internal: with private ones only. Immutable.
 * @param subnetRefs The subnets that it has a node in, one for each Availability Zone; of an application load balancer at least two.
 * @param securityGroupRefs The security groups; of an application load balancer the default group of the VPC when absent; a network
 *     load balancer has none when absent, for life.
 * @param attributes How it treats connections, and whether it may be deleted.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 * @param addressPoolRef The pool that the addresses of one that faces the internet are of; may be absent while there is one pool only;
 *     immutable. AWS calls it IpamPools.
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html">CreateLoadBalancer</a>
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSubnets.html">SetSubnets</a>
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSecurityGroups.html">SetSecurityGroups</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.type == oldSelf.type",
        message = "type is immutable: delete the object and make a new one",
        fieldPath = ".type")
@ValidationRule(
        value = "self.scheme == oldSelf.scheme",
        message = "scheme is immutable: delete the object and make a new one",
        fieldPath = ".scheme")
@ValidationRule(
        value = "self.type != 'application' || size(self.subnetRefs) >= 2",
        message = "ValidationError: at least two subnets in two different Availability Zones must be specified",
        fieldPath = ".subnetRefs")
@ValidationRule(
        value = "self.subnetRefs.all(a, self.subnetRefs.exists_one(b, a.name == b.name))",
        message = "subnetRefs names a subnet twice: name each once",
        fieldPath = ".subnetRefs")
@ValidationRule(
        value =
                "!has(self.securityGroupRefs) || self.securityGroupRefs.all(a, self.securityGroupRefs.exists_one(b, a.name == b.name))",
        message = "securityGroupRefs names a group twice: name each once",
        fieldPath = ".securityGroupRefs")
@ValidationRule(
        value = "self.type != 'network' || has(self.securityGroupRefs) == has(oldSelf.securityGroupRefs)",
        message =
                "InvalidConfigurationRequest: a network load balancer has security groups from the beginning or never: delete the object and make a new one",
        fieldPath = ".securityGroupRefs")
@ValidationRule(
        value =
                "self.type != 'network' || !has(self.attributes) || !has(self.attributes.idleTimeoutSeconds) && !has(self.attributes.clientKeepAliveSeconds) && !has(self.attributes.http2) && !has(self.attributes.xffHeaderProcessingMode)",
        message =
                "idleTimeoutSeconds, clientKeepAliveSeconds, http2 and xffHeaderProcessingMode are of application load balancers: leave them out",
        fieldPath = ".attributes")
@ValidationRule(
        value =
                "self.type != 'application' || !has(self.attributes) || !has(self.attributes.crossZone) || self.attributes.crossZone",
        message =
                "an application load balancer always balances over all zones: leave crossZone out, and turn it off in a target group",
        fieldPath = ".attributes.crossZone")
@ValidationRule(
        value =
                "has(self.addressPoolRef) == has(oldSelf.addressPoolRef) && (!has(self.addressPoolRef) || self.addressPoolRef == oldSelf.addressPoolRef)",
        message =
                "addressPoolRef is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".addressPoolRef")
@ValidationRule(
        value = "self.scheme == 'internet-facing' || !has(self.addressPoolRef)",
        message = "addressPoolRef is for public addresses: leave it out, or take scheme: internet-facing",
        fieldPath = ".addressPoolRef")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record LoadBalancerSpec(
        @Default("application")
        @Pattern("^(application|network)$")
        @JsonPropertyDescription("application: it speaks HTTP. network: it hands on connections. Immutable.")
        String type,

        @Default("internet-facing")
        @Pattern("^(internet-facing|internal)$")
        @JsonPropertyDescription("internet-facing: with public addresses. internal: with private ones only. Immutable.")
        String scheme,

        @Required
        @Size(min = 1, max = 8)
        @JsonPropertyDescription(
                "The subnets that it has a node in, one for each Availability Zone; of an application load balancer at least two.")
        List<LocalRef> subnetRefs,

        @Size(min = 1, max = 5)
        @JsonPropertyDescription(
                "The security groups; of an application load balancer the default group of the VPC when absent; a network load balancer has none when absent, for life.")
        List<LocalRef> securityGroupRefs,

        @JsonPropertyDescription("How it treats connections, and whether it may be deleted.")
        Attributes attributes,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags,

        @JsonPropertyDescription(
                "The pool that the addresses of one that faces the internet are of; may be absent while there is one pool only; immutable.")
        LocalRef addressPoolRef) {
    /**
     * How it treats connections, and whether it may be deleted.
     *
     * @param idleTimeoutSeconds seconds without a byte after which a connection is closed; 60 when absent
     * @param clientKeepAliveSeconds seconds after which a connection of a client is closed at the end of a request; 3600 when absent
     * @param crossZone whether each node hands on to the targets of every zone; of an application load balancer always, of a network
     *     one not when absent
     * @param deletionProtection whether it must not be deleted; it may when absent
     * @param http2 whether HTTPS listeners offer HTTP/2 to clients; they do when absent
     * @param xffHeaderProcessingMode what becomes of X-Forwarded-For; append when absent
     * @param accessLogs where it writes what it did with each request; nowhere when absent
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html">LoadBalancerAttribute</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Attributes(
            @Min(1)
            @Max(4000)
            @JsonPropertyDescription(
                    "Of an application load balancer: seconds without a byte after which a connection is closed; 60 when absent.")
            Integer idleTimeoutSeconds,

            @Min(60)
            @Max(604800)
            @JsonPropertyDescription(
                    "Of an application load balancer: seconds after which a connection of a client is closed at the end of a request; 3600 when absent.")
            Integer clientKeepAliveSeconds,

            @JsonPropertyDescription(
                    "Whether each node hands on to the targets of every zone; of an application load balancer always, of a network one not when absent.")
            Boolean crossZone,

            @Default("false") @JsonPropertyDescription("Whether it must not be deleted.")
            Boolean deletionProtection,

            @JsonPropertyDescription(
                    "Of an application load balancer: whether HTTPS listeners offer HTTP/2 to clients; they do when absent.")
            Boolean http2,

            @Pattern("^(append|preserve|remove)$")
            @JsonPropertyDescription(
                    "Of an application load balancer: what becomes of X-Forwarded-For: append adds the client, preserve leaves it alone, remove takes it out; append when absent.")
            String xffHeaderProcessingMode,

            @JsonPropertyDescription(
                    "Where it writes what it did with each request, or of a network load balancer each TLS connection; nowhere when absent.")
            AccessLogs accessLogs) {}

    /**
     * Where it writes what it did with each request: AWS's access_logs.s3.bucket and access_logs.s3.prefix.
     *
     * @param bucketRef the bucket, of the same account
     * @param prefix what the names of the files begin with, before AWSLogs; nothing when absent
     * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html">Enable access
     *     logs</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "!has(self.prefix) || !self.prefix.contains('AWSLogs')",
            message =
                    "InvalidConfigurationRequest: prefix must not contain AWSLogs, which is put behind it: leave that out",
            fieldPath = ".prefix")
    @ValidationRule(
            value = "!has(self.prefix) || !self.prefix.matches('(^|/)[.]{1,2}(/|$)')",
            message = "prefix has a part that is . or ..: S3 tools take that for a folder: leave it out",
            fieldPath = ".prefix")
    public record AccessLogs(
            @Required @JsonPropertyDescription("The bucket, of the same account.")
            LocalRef bucketRef,

            @Size(min = 1, max = 512)
            @Pattern("^[A-Za-z0-9!_.()-]+(/[A-Za-z0-9!_.()-]+)*$")
            @JsonPropertyDescription(
                    "What the names of the files begin with, before AWSLogs: letters, digits and !_.()-, with slashes between; nothing when absent.")
            String prefix) {}
}

package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import io.minicloud.api.common.LocalRef;
import java.util.Map;

/**
 * What someone wants of a {@link NatGateway}.
 *
 * @param subnetRef The subnet that the gateway is in; immutable.
 * @param connectivityType public: to the internet, from an Elastic IP. private: to other networks, from the private address.
 *     Immutable.
 * @param elasticIpRef The address by which the world knows a public gateway; immutable.
 * @param privateIpAddress The private address; chosen when absent; immutable.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html">CreateNatGateway</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.connectivityType == 'private' || has(self.elasticIpRef)",
        message = "a public gateway needs an address: give elasticIpRef, or connectivityType: private",
        fieldPath = ".elasticIpRef")
@ValidationRule(
        value = "self.connectivityType != 'private' || !has(self.elasticIpRef)",
        message = "a private gateway has no public address: leave out elasticIpRef, or give connectivityType: public",
        fieldPath = ".elasticIpRef")
@ValidationRule(
        value = "!has(self.privateIpAddress) || isIP(self.privateIpAddress) && ip(self.privateIpAddress).family() == 4",
        message = "privateIpAddress must be an IPv4 address such as 10.0.1.10",
        fieldPath = ".privateIpAddress")
@ValidationRule(
        value = "self.subnetRef == oldSelf.subnetRef",
        message = "subnetRef is immutable: delete the object and make a new one",
        fieldPath = ".subnetRef")
@ValidationRule(
        value = "self.connectivityType == oldSelf.connectivityType",
        message = "connectivityType is immutable: delete the object and make a new one",
        fieldPath = ".connectivityType")
@ValidationRule(
        value = "!has(self.elasticIpRef) || !has(oldSelf.elasticIpRef) || self.elasticIpRef == oldSelf.elasticIpRef",
        message = "elasticIpRef is immutable: delete the object and make a new one",
        fieldPath = ".elasticIpRef")
@ValidationRule(
        value =
                "has(self.privateIpAddress) == has(oldSelf.privateIpAddress) && (!has(self.privateIpAddress) || self.privateIpAddress == oldSelf.privateIpAddress)",
        message =
                "privateIpAddress is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".privateIpAddress")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record NatGatewaySpec(
        @Required @JsonPropertyDescription("The subnet that the gateway is in; immutable.")
        LocalRef subnetRef,

        @Default("public")
        @Pattern("^(public|private)$")
        @JsonPropertyDescription(
                "public: to the internet, from an Elastic IP. private: to other networks, from the private address. Immutable.")
        String connectivityType,

        @JsonPropertyDescription("The address by which the world knows a public gateway; immutable.")
        LocalRef elasticIpRef,

        @Size(max = 15) @JsonPropertyDescription("The private address; chosen when absent; immutable.")
        String privateIpAddress,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {}

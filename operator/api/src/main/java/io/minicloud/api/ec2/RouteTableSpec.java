package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import io.minicloud.api.common.LocalRef;
import java.util.List;
import java.util.Map;

/**
 * What someone wants of a {@link RouteTable}.
 *
 * @param vpcRef The VPC; immutable.
 * @param main True for the main table of the VPC, which the subnets have that no other names.
 * @param subnetRefs The subnets that have it; those that none names have the main one.
 * @param routes The ways out of the VPC, the longest prefix first; that to the VPC itself is always there.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.subnetRefs) || self.subnetRefs.all(a, self.subnetRefs.exists_one(b, a.name == b.name))",
        message = "subnetRefs names a subnet twice: name each once",
        fieldPath = ".subnetRefs")
@ValidationRule(
        value =
                "!has(self.routes) || [self.routes.filter(r, has(r.destinationCidrBlock)).map(r, r.destinationCidrBlock)].all(l, l.all(d, l.indexOf(d) == l.lastIndexOf(d)))",
        message =
                "a destinationCidrBlock is there twice (RouteAlreadyExists): a destination has one route, change its target",
        fieldPath = ".routes")
// Of more lists the rule would cost more than one may; the reconciler tells of those.
@ValidationRule(
        value =
                "!has(self.routes) || [self.routes.filter(r, has(r.destinationPrefixListRef)).map(r, r.destinationPrefixListRef.name)].all(l, size(l) > 100 || l.all(d, l.indexOf(d) == l.lastIndexOf(d)))",
        message =
                "a destinationPrefixListRef is there twice (RouteAlreadyExists): a prefix list has one route, change its target",
        fieldPath = ".routes")
@ValidationRule(
        value = "self.vpcRef == oldSelf.vpcRef",
        message = "vpcRef is immutable: delete the object and make a new one",
        fieldPath = ".vpcRef")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record RouteTableSpec(
        @Required @JsonPropertyDescription("The VPC; immutable.")
        LocalRef vpcRef,

        @JsonPropertyDescription("True for the main table of the VPC, which the subnets have that no other names.")
        Boolean main,

        @Size(max = 200) @JsonPropertyDescription("The subnets that have it; those that none names have the main one.")
        List<LocalRef> subnetRefs,

        @Size(max = 500)
        @JsonPropertyDescription(
                "The ways out of the VPC, the longest prefix first; that to the VPC itself is always there.")
        List<Route> routes,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {
    /**
     * One route. It has one destination and one target.
     *
     * @param destinationCidrBlock where the traffic is to go
     * @param destinationPrefixListRef the prefix list with the ranges where the traffic is to go; it counts as so many routes as its maxEntries
     * @param internetGatewayRef the internet gateway of the VPC
     * @param networkInterfaceRef a network interface of the VPC
     * @param instanceRef an instance of the VPC, by its primary network interface
     * @param natGatewayRef a NAT gateway of the VPC
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html">CreateRoute</a>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "has(self.destinationCidrBlock) != has(self.destinationPrefixListRef)",
            message = "a route has one destination: destinationCidrBlock or destinationPrefixListRef")
    @ValidationRule(
            value =
                    "!has(self.destinationCidrBlock) || isCIDR(self.destinationCidrBlock) && cidr(self.destinationCidrBlock).ip().family() == 4",
            message = "destinationCidrBlock must be an IPv4 range such as 10.0.0.0/16, one address is 10.0.0.1/32",
            fieldPath = ".destinationCidrBlock")
    @ValidationRule(
            value =
                    "!has(self.destinationCidrBlock) || !isCIDR(self.destinationCidrBlock) || cidr(self.destinationCidrBlock) == cidr(self.destinationCidrBlock).masked()",
            message = "destinationCidrBlock must begin at its network address: write 10.0.0.0/16, not 10.0.0.1/16",
            fieldPath = ".destinationCidrBlock")
    @ValidationRule(
            value =
                    "!has(self.destinationCidrBlock) || !isCIDR(self.destinationCidrBlock) || !cidr('169.254.168.0/22').containsCIDR(cidr(self.destinationCidrBlock))",
            message =
                    "destinationCidrBlock must not lie in 169.254.168.0/22, where the services of the cloud itself are",
            fieldPath = ".destinationCidrBlock")
    @ValidationRule(
            value =
                    "[has(self.internetGatewayRef), has(self.networkInterfaceRef), has(self.instanceRef), has(self.natGatewayRef)].exists_one(target, target)",
            message = "a route has one target: internetGatewayRef, natGatewayRef, networkInterfaceRef or instanceRef")
    public record Route(
            @Size(max = 18) @JsonPropertyDescription("Where the traffic is to go.")
            String destinationCidrBlock,

            @JsonPropertyDescription(
                    "The prefix list with the ranges where the traffic is to go; it counts as so many routes as its maxEntries.")
            LocalRef destinationPrefixListRef,

            @JsonPropertyDescription("The internet gateway of the VPC.")
            LocalRef internetGatewayRef,

            @JsonPropertyDescription("A network interface of the VPC.")
            LocalRef networkInterfaceRef,

            @JsonPropertyDescription("An instance of the VPC, by its primary network interface.")
            LocalRef instanceRef,

            @JsonPropertyDescription("A NAT gateway of the VPC.")
            LocalRef natGatewayRef) {}
}

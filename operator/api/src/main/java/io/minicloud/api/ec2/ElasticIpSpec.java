package io.minicloud.api.ec2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.minicloud.api.common.Cel;
import io.minicloud.api.common.LocalRef;
import java.util.Map;

/**
 * What someone wants of a {@link ElasticIp}. That of a NAT gateway names nothing: the gateway names it.
 *
 * @param addressPoolRef The pool that the address is of; may be absent while there is one pool only; immutable.
 * @param instanceRef The instance whose primary network interface has the address.
 * @param networkInterfaceRef The network interface that has the address.
 * @param tags Tags: at most 50, keys up to 128 and values up to 256 characters.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.instanceRef) || !has(self.networkInterfaceRef)",
        message = "an address is associated once: give instanceRef or networkInterfaceRef, not both")
@ValidationRule(
        value =
                "has(self.addressPoolRef) == has(oldSelf.addressPoolRef) && (!has(self.addressPoolRef) || self.addressPoolRef == oldSelf.addressPoolRef)",
        message =
                "addressPoolRef is immutable and cannot be added or removed later: delete the object and make a new one",
        fieldPath = ".addressPoolRef")
@ValidationRule(value = Cel.TAGS, message = Cel.TAGS_MESSAGE, fieldPath = ".tags")
public record ElasticIpSpec(
        @JsonPropertyDescription(
                "The pool that the address is of; may be absent while there is one pool only; immutable.")
        LocalRef addressPoolRef,

        @JsonPropertyDescription("The instance whose primary network interface has the address.")
        LocalRef instanceRef,

        @JsonPropertyDescription("The network interface that has the address.")
        LocalRef networkInterfaceRef,

        @Size(max = 50) @JsonPropertyDescription("Tags: at most 50, keys up to 128 and values up to 256 characters.")
        Map<String, @Size(max = 256) String> tags) {}

package io.minicloud.api.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * What someone wants of a {@link AddressClaim}.
 *
 * @param rangeId The AWS id of the subnet or pool; immutable.
 * @param address The address; immutable.
 * @param ownerKind The kind that holds the address; immutable.
 * @param ownerNamespace Its namespace; immutable.
 * @param ownerName Its name; immutable.
 * @param ownerUid Its uid; immutable.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "isIP(self.address) && ip(self.address).family() == 4",
        message = "address must be an IPv4 address such as 10.0.1.10",
        fieldPath = ".address")
@ValidationRule(
        value = "self.rangeId == oldSelf.rangeId",
        message = "rangeId is immutable: delete the object and make a new one",
        fieldPath = ".rangeId")
@ValidationRule(
        value = "self.address == oldSelf.address",
        message = "address is immutable: delete the object and make a new one",
        fieldPath = ".address")
@ValidationRule(
        value = "self.ownerKind == oldSelf.ownerKind",
        message = "ownerKind is immutable: delete the object and make a new one",
        fieldPath = ".ownerKind")
@ValidationRule(
        value = "self.ownerNamespace == oldSelf.ownerNamespace",
        message = "ownerNamespace is immutable: delete the object and make a new one",
        fieldPath = ".ownerNamespace")
@ValidationRule(
        value = "self.ownerName == oldSelf.ownerName",
        message = "ownerName is immutable: delete the object and make a new one",
        fieldPath = ".ownerName")
@ValidationRule(
        value = "self.ownerUid == oldSelf.ownerUid",
        message = "ownerUid is immutable: delete the object and make a new one",
        fieldPath = ".ownerUid")
public record AddressClaimSpec(
        @Required @Size(max = 32) @JsonPropertyDescription("The AWS id of the subnet or pool; immutable.")
        String rangeId,

        @Required @Size(max = 15) @JsonPropertyDescription("The address; immutable.")
        String address,

        @Required @Size(max = 63) @JsonPropertyDescription("The kind that holds the address; immutable.")
        String ownerKind,

        @Required @Size(max = 63) @JsonPropertyDescription("Its namespace; immutable.")
        String ownerNamespace,

        @Required @Size(max = 253) @JsonPropertyDescription("Its name; immutable.")
        String ownerName,

        @Required @Size(max = 63) @JsonPropertyDescription("Its uid; immutable.")
        String ownerUid) {}

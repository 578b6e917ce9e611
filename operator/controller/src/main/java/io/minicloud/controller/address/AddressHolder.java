package io.minicloud.controller.address;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.minicloud.controller.ipam.AddressRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who holds an address or wants one.
 *
 * @param owner the object
 * @param recorded the address that its status names; null while it names none
 */
public record AddressHolder(
        AddressRequest.Owner owner, @Nullable Recorded recorded) {
    /**
     * The address in a status.
     *
     * @param rangeId the AWS id of the subnet or pool
     * @param address the address
     */
    public record Recorded(String rangeId, String address) {}

    /**
     * The holder that an object is.
     *
     * @param object the object
     * @param rangeId the AWS id of the subnet or pool in its status
     * @param address the address in its status
     */
    public static AddressHolder of(HasMetadata object, @Nullable String rangeId, @Nullable String address) {
        var meta = object.getMetadata();
        return new AddressHolder(
                new AddressRequest.Owner(object.getKind(), meta.getNamespace(), meta.getName(), meta.getUid()),
                rangeId == null || address == null ? null : new Recorded(rangeId, address));
    }

    /**
     * Whether the status names the address. Until then it may still become another one: of two controllers that claim for
     * the same object, the one whose status is written first decides.
     */
    public boolean records(String address) {
        return recorded != null && recorded.address().equals(address);
    }

    /** The name of the claim on the address that the status names. */
    Optional<String> recordedClaim() {
        return Optional.ofNullable(recorded).map(known -> ClusterClaimLedger.name(known.rangeId(), known.address()));
    }

    String uid() {
        return owner.uid();
    }

    /** For the log of plans. */
    String describe() {
        return owner.kind() + " " + owner.namespace() + "/" + owner.name();
    }
}

package io.minicloud.reconcile.identity;

import java.util.Optional;

/**
 * The tag on everything that minicloud makes on a machine or in an engine; what does not carry it is never touched.
 *
 * @param installationId the uid of the namespace {@code minicloud-system}
 * @param hostNamespace the namespace of the host object, or of the cloud object for engines
 * @param kind the kind of the object, lower case
 * @param uid the object's uid
 */
public record OwnerTag(String installationId, String hostNamespace, String kind, String uid) {
    private static final int PARTS = 4;

    /** The tag as text: {@code installationId/hostNamespace/kind/uid}. */
    @Override
    public String toString() {
        return String.join("/", installationId, hostNamespace, kind, uid);
    }

    /** Reads a tag; empty when the text is not one. */
    public static Optional<OwnerTag> parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        return Optional.of(new OwnerTag(parts[0], parts[1], parts[2], parts[3]));
    }
}

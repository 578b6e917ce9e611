package io.minicloud.agent.network;

import io.minicloud.reconcile.identity.OwnerTag;
import org.jspecify.annotations.Nullable;

/** Whose something on the machine is, by its tag. */
final class Ownership {
    private Ownership() {}

    /** Whether a tag was written by this installation for this host and this kind of object, whatever the object's uid. */
    static boolean isOurs(OwnerTag owner, @Nullable String alias) {
        return alias != null
                && OwnerTag.parse(alias)
                        .filter(tag -> tag.installationId().equals(owner.installationId()))
                        .filter(tag -> tag.hostNamespace().equals(owner.hostNamespace()))
                        .filter(tag -> tag.kind().equals(owner.kind()))
                        .isPresent();
    }
}

package io.minicloud.agent.disk;

import io.minicloud.reconcile.identity.OwnerTag;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A disk as it is.
 *
 * @param path the file
 * @param virtualSizeBytes the size that the guest sees
 * @param owner whose it is; empty when it is not minicloud's
 */
public record ObservedDisk(Path path, long virtualSizeBytes, Optional<OwnerTag> owner) {}

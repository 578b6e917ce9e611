package io.minicloud.app.install;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.minicloud.api.common.Labels;
import java.lang.module.ModuleDescriptor.Version;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** When a resource definition may not be brought to the packed one, with the remedy; pure. */
final class UpgradeRules {
    private UpgradeRules() {}

    /**
     * Why the definition that is there may not be replaced.
     *
     * @param packed the definition of this release
     * @param present the definition that the cluster has
     */
    static Optional<String> refusal(CustomResourceDefinition packed, CustomResourceDefinition present) {
        return newer(packed, present).or(() -> vanishing(packed, present));
    }

    /** The release that a definition says it is of; empty for one from before they said so. */
    static Optional<String> release(CustomResourceDefinition definition) {
        var annotations = definition.getMetadata().getAnnotations();
        return Optional.ofNullable(annotations).map(all -> all.get(Labels.RELEASE));
    }

    /** An older definition would drop the fields that only the newer one knows, at the next write of each object. */
    private static Optional<String> newer(CustomResourceDefinition packed, CustomResourceDefinition present) {
        var ours = release(packed).orElseThrow();
        return release(present)
                .filter(theirs -> isNewer(theirs, ours))
                .map(
                        theirs -> name(present)
                                + " is of minicloud " + theirs + ", newer than this release " + ours
                                + ": install minicloud " + theirs
                                + " or newer (helm rollback goes back to an older program and leaves the definitions as they are)");
    }

    private static boolean isNewer(String theirs, String ours) {
        try {
            return Version.parse(theirs).compareTo(Version.parse(ours)) > 0;
        } catch (IllegalArgumentException e) {
            // Not of our making, so not known to be older.
            return !theirs.equals(ours);
        }
    }

    /** Objects may still be stored in each version of status.storedVersions; without it nobody could read them. */
    private static Optional<String> vanishing(CustomResourceDefinition packed, CustomResourceDefinition present) {
        var stays = packed.getSpec().getVersions().stream()
                .map(CustomResourceDefinitionVersion::getName)
                .collect(Collectors.toSet());
        return Optional.ofNullable(present.getStatus())
                .map(CustomResourceDefinitionStatus::getStoredVersions)
                .orElse(List.of())
                .stream()
                .filter(stored -> !stays.contains(stored))
                .findFirst()
                .map(stored -> name(present) + " may have objects stored as " + stored + ", which this release "
                        + release(packed).orElseThrow() + " no longer knows: install the last release that does,"
                        + " write each object once, and take " + stored + " out of status.storedVersions");
    }

    private static String name(CustomResourceDefinition definition) {
        return definition.getMetadata().getName();
    }
}

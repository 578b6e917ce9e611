package io.minicloud.controller;

/**
 * What the whole controller is told at start.
 *
 * @param installationId the uid of the namespace {@code minicloud-system}
 * @param region the one region, e.g. {@code home-1}; immutable for an installation
 * @param quotas how much of what an account may have
 */
public record ControllerSettings(String installationId, String region, Quotas quotas) {
    /** Settings with AWS's quotas. */
    public ControllerSettings(String installationId, String region) {
        this(installationId, region, Quotas.DEFAULT);
    }
}

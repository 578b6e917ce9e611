package io.minicloud.controller;

/**
 * What the whole controller is told at start.
 *
 * @param installationId the uid of the namespace {@code minicloud-system}
 * @param region the one region, e.g. {@code home-1}; immutable for an installation
 */
public record ControllerSettings(String installationId, String region) {}

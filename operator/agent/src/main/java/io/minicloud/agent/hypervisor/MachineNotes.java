package io.minicloud.agent.hypervisor;

import io.minicloud.reconcile.identity.OwnerTag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the agent remembers with a domain, in its libvirt metadata, so that it survives the agent.
 *
 * @param owner whose domain it is
 * @param powerGeneration the power generation at which it was last started
 * @param poweredOffByGuest whether the guest shut itself down since
 * @param stopRequestedAt when the agent first asked the guest to shut down; null when it did not
 * @param lastReboot the last reboot request that was fulfilled
 * @param rebootRequestedAt when the agent asked the guest to reboot; null when no reboot is under way
 */
public record MachineNotes(
        OwnerTag owner,
        long powerGeneration,
        boolean poweredOffByGuest,
        @Nullable Instant stopRequestedAt,
        @Nullable String lastReboot,
        @Nullable Instant rebootRequestedAt) {

    /** The notes of a machine that is started for a power generation. */
    public static MachineNotes started(OwnerTag owner, long powerGeneration, @Nullable String lastReboot) {
        return new MachineNotes(owner, powerGeneration, false, null, lastReboot, null);
    }

    /** The same, and the guest shut itself down. */
    public MachineNotes withPowerOffByGuest() {
        return new MachineNotes(owner, powerGeneration, true, null, lastReboot, null);
    }

    /** The same, and the guest was asked to shut down, or no longer is. */
    public MachineNotes withStopRequestedAt(@Nullable Instant when) {
        return new MachineNotes(owner, powerGeneration, poweredOffByGuest, when, lastReboot, rebootRequestedAt);
    }

    /** The same, and the guest was asked to reboot. */
    public MachineNotes withRebootRequestedAt(Instant when) {
        return new MachineNotes(owner, powerGeneration, poweredOffByGuest, stopRequestedAt, lastReboot, when);
    }

    /** The same, and a reboot request was fulfilled. */
    public MachineNotes withReboot(String request) {
        return new MachineNotes(owner, powerGeneration, poweredOffByGuest, stopRequestedAt, request, null);
    }
}

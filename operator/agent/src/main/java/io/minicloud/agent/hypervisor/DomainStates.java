package io.minicloud.agent.hypervisor;

import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.libvirt.DomainInfo.DomainState;

/**
 * What domains are doing, and why.
 *
 * @param library of libvirt
 * @param log tells why a domain ended when libvirt has forgotten
 */
record DomainStates(DomainLibrary library, DomainLog log) {
    /** What a domain is doing; off when it is not there. */
    PowerState of(LibvirtConnection.Session session, String name) {
        var domain = library.virDomainLookupByName(session.pointer(), name);
        if (domain == null) {
            return PowerState.OFF;
        }
        try {
            var state = new IntByReference();
            var reason = new IntByReference();
            library.virDomainGetState(domain, state, reason, 0);
            var known = powerState(DomainState.values()[state.getValue()], reason.getValue());
            return known == PowerState.OFF ? log.lastEnd(name) : known;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            library.virDomainFree(domain);
        }
    }

    private static PowerState powerState(DomainState state, int reason) {
        return switch (state) {
            case VIR_DOMAIN_PAUSED -> reason == DomainLibrary.PAUSED_IOERROR ? PowerState.STALLED : PowerState.PAUSED;
            case VIR_DOMAIN_PMSUSPENDED -> PowerState.PAUSED;
            case VIR_DOMAIN_RUNNING, VIR_DOMAIN_BLOCKED, VIR_DOMAIN_SHUTDOWN -> PowerState.RUNNING;
            case VIR_DOMAIN_CRASHED -> PowerState.CRASHED;
            case VIR_DOMAIN_NOSTATE -> PowerState.OFF;
            case VIR_DOMAIN_SHUTOFF ->
                switch (reason) {
                    case DomainLibrary.SHUTOFF_SHUTDOWN -> PowerState.SHUT_DOWN;
                    case DomainLibrary.SHUTOFF_DESTROYED -> PowerState.DESTROYED;
                    case DomainLibrary.SHUTOFF_CRASHED, DomainLibrary.SHUTOFF_FAILED -> PowerState.CRASHED;
                    default -> PowerState.OFF;
                };
        };
    }
}

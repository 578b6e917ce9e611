package io.minicloud.agent.hypervisor;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import org.libvirt.jna.ConnectionPointer;
import org.libvirt.jna.DomainPointer;

/**
 * The calls of libvirt that libvirt-java lacks: why a domain is in its state, and to take a device away without waiting for the
 * guest.
 *
 * @see <a href="https://libvirt.org/html/libvirt-libvirt-domain.html">libvirt-domain</a>
 */
interface DomainLibrary extends Library {
    /** VIR_DOMAIN_PAUSED_IOERROR: QEMU stops a guest of which a write found no room, and tells it of other errors. */
    int PAUSED_IOERROR = 5;

    /** VIR_DOMAIN_SHUTOFF_SHUTDOWN and its neighbours. */
    int SHUTOFF_SHUTDOWN = 1;

    int SHUTOFF_DESTROYED = 2;
    int SHUTOFF_CRASHED = 3;
    int SHUTOFF_FAILED = 6;

    static DomainLibrary load() {
        return Native.load("virt", DomainLibrary.class);
    }

    DomainPointer virDomainLookupByName(ConnectionPointer connection, String name);

    int virDomainGetState(DomainPointer domain, IntByReference state, IntByReference reason, int flags);

    int virDomainDetachDeviceAlias(DomainPointer domain, String alias, int flags);

    String virGetLastErrorMessage();

    int virDomainFree(DomainPointer domain);
}

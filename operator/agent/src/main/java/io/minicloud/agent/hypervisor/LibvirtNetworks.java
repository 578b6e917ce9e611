package io.minicloud.agent.hypervisor;

import io.minicloud.agent.hypervisor.MachineDefinition.NetworkDevice;
import java.util.List;
import org.libvirt.LibvirtException;

/** The network interfaces of QEMU's machines by libvirt. */
final class LibvirtNetworks implements MachineNetworks {
    /** VIR_DOMAIN_AFFECT_LIVE. */
    private static final int AFFECT_LIVE = 1;

    /** VIR_DOMAIN_AFFECT_CONFIG. */
    private static final int AFFECT_CONFIG = 2;

    /** What libvirt and QEMU say when it is done or under way; they have no code for it. */
    private static final List<String> DONE = List.of("no device found with alias", "already in the process of unplug");

    private final LibvirtConnection connection;
    private final DomainLibrary library;

    LibvirtNetworks(LibvirtConnection connection, DomainLibrary library) {
        this.connection = connection;
        this.library = library;
    }

    @Override
    public void attach(String machine, NetworkDevice network, Scope scope) {
        var xml = NetworkXml.tree(network).render();
        connection.call("attach " + network.interfaceName() + " to " + machine, session -> {
            var domain = session.domainLookupByName(machine);
            try {
                domain.attachDeviceFlags(xml, flag(scope));
            } catch (LibvirtException e) {
                if (!has(domain.getXMLDesc(scope == Scope.RUNNING ? 0 : LibvirtHypervisor.XML_INACTIVE), network)) {
                    throw e;
                }
            } finally {
                domain.free();
            }
            return true;
        });
    }

    @Override
    public void setLink(String machine, NetworkDevice network) {
        var xml = NetworkXml.tree(network).render();
        connection.call("set the link of " + network.interfaceName() + " at " + machine, session -> {
            var domain = session.domainLookupByName(machine);
            try {
                return domain.updateDeviceFlags(xml, AFFECT_LIVE);
            } finally {
                domain.free();
            }
        });
    }

    @Override
    public void detach(String machine, String interfaceName, Scope scope) {
        connection.call("detach " + interfaceName + " from " + machine, session -> {
            var domain = library.virDomainLookupByName(session.pointer(), machine);
            if (domain == null) {
                return false;
            }
            try {
                var alias = NetworkXml.alias(interfaceName);
                if (library.virDomainDetachDeviceAlias(domain, alias, flag(scope)) < 0) {
                    var message = library.virGetLastErrorMessage();
                    if (DONE.stream().noneMatch(message::contains)) {
                        throw new IllegalStateException(message);
                    }
                }
                return true;
            } finally {
                library.virDomainFree(domain);
            }
        });
    }

    private static boolean has(String domainXml, NetworkDevice network) {
        return NetworkXml.read(domainXml, null).stream()
                .anyMatch(found -> network.interfaceName().equals(found.interfaceName()));
    }

    private static int flag(Scope scope) {
        return scope == Scope.RUNNING ? AFFECT_LIVE : AFFECT_CONFIG;
    }
}

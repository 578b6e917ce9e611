package io.minicloud.agent.hypervisor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.libvirt.Domain;
import org.libvirt.DomainInfo.DomainState;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;

/** QEMU by libvirt. */
public final class LibvirtHypervisor implements Hypervisor, Machines, Libvirtd, AutoCloseable {
    /** VIR_DOMAIN_XML_INACTIVE: the definition of the next start, which carries the notes. */
    static final int XML_INACTIVE = 2;

    /** VIR_DOMAIN_METADATA_ELEMENT. */
    private static final int METADATA_ELEMENT = 2;

    /** VIR_DOMAIN_AFFECT_CONFIG. */
    private static final int AFFECT_CONFIG = 2;

    private static final int ACPI_POWER_BUTTON = 1;
    private static final long KIB_PER_MIB = 1024;

    /** A version is major × 1,000,000 + minor × 1,000 + release. */
    private static final int VERSION_BASE = 1000;

    private final LibvirtConnection connection;
    private final DomainLibrary library = DomainLibrary.load();
    private final DomainStates states;
    private final DomainXml domainXml;
    private final MachineNetworks networks;
    private final List<Consumer<MachineEvent>> listeners = new CopyOnWriteArrayList<>();

    /**
     * An adapter; connects at the first call.
     *
     * @param uri of libvirtd
     * @param domainLogs where libvirtd keeps the logs of QEMU's domains
     * @param accelerator what runs the guests
     */
    public LibvirtHypervisor(String uri, Path domainLogs, Accelerator accelerator) {
        this.connection = new LibvirtConnection(uri, event -> listeners.forEach(listener -> listener.accept(event)));
        this.states = new DomainStates(library, DomainLog.of(domainLogs));
        this.domainXml = new DomainXml(accelerator);
        this.networks = new LibvirtNetworks(connection, library);
    }

    @Override
    public Optional<ObservedMachine> find(String name) {
        return connection.call("look at " + name, session -> {
            var domain = lookUp(session, name);
            if (domain.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(observe(session, name, domain.get()));
            } finally {
                domain.get().free();
            }
        });
    }

    private ObservedMachine observe(LibvirtConnection.Session session, String name, Domain domain)
            throws LibvirtException {
        var definition = domain.getXMLDesc(XML_INACTIVE);
        var running = domain.isActive() == 0 ? null : domain.getXMLDesc(0);
        return new ObservedMachine(
                name,
                states.of(session, name),
                size(domain),
                NetworkXml.read(definition, running),
                NotesXml.read(definition));
    }

    @Override
    public List<ObservedMachine> all() {
        var names = connection.call("list machines", session -> {
            var found = new ArrayList<>(List.of(session.listDefinedDomains()));
            for (int id : session.listDomains()) {
                running(session, id).ifPresent(found::add);
            }
            return found;
        });
        return names.stream().flatMap(name -> find(name).stream()).toList();
    }

    @Override
    public String version() {
        long number = connection.call("ask for the version", LibvirtConnection.Session::getLibVersion);
        return "%d.%d.%d"
                .formatted(
                        number / VERSION_BASE / VERSION_BASE,
                        number / VERSION_BASE % VERSION_BASE,
                        number % VERSION_BASE);
    }

    @Override
    public void define(MachineDefinition definition) {
        var xml = domainXml.render(definition);
        connection.call("define " + definition.name(), session -> {
            session.domainDefineXML(xml).free();
            return true;
        });
    }

    @Override
    public void startPaused(String name) {
        onDomain("start " + name, name, domain -> {
            if (domain.isActive() == 0) {
                domain.create(Domain.CreateFlags.PAUSED);
            }
        });
    }

    @Override
    public void resume(String name) {
        onDomain("resume " + name, name, domain -> {
            if (domain.getInfo().state == DomainState.VIR_DOMAIN_PAUSED) {
                domain.resume();
            }
        });
    }

    @Override
    public void requestShutdown(String name) {
        onActive("shut down " + name, name, Domain::shutdown);
    }

    @Override
    public void requestReboot(String name) {
        onDomain("reboot " + name, name, domain -> domain.reboot(ACPI_POWER_BUTTON));
    }

    @Override
    public void force(String name, Force force) {
        onActive(force + " " + name, name, domain -> {
            switch (force) {
                case RESET -> domain.reset();
                case OFF -> domain.destroy();
            }
        });
    }

    @Override
    public void note(String name, MachineNotes notes) {
        var element = NotesXml.element(notes);
        onDomain(
                "note at " + name,
                name,
                domain -> domain.setMetadata(
                        METADATA_ELEMENT, element, NotesXml.PREFIX, NotesXml.NAMESPACE, AFFECT_CONFIG));
    }

    @Override
    public void undefine(String name) {
        connection.call("undefine " + name, session -> {
            var domain = lookUp(session, name);
            if (domain.isPresent()) {
                try {
                    domain.get().undefine();
                } finally {
                    domain.get().free();
                }
            }
            return true;
        });
    }

    /** The network interfaces of these machines. */
    public MachineNetworks networks() {
        return networks;
    }

    @Override
    public void onChange(Consumer<MachineEvent> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Orders something of a machine that is on; one that ends by itself between the look and the order is none the worse. */
    private void onActive(String what, String name, DomainUse order) {
        onDomain(what, name, domain -> {
            if (domain.isActive() == 0) {
                return;
            }
            try {
                order.apply(domain);
            } catch (LibvirtException e) {
                if (domain.isActive() != 0) {
                    throw e;
                }
            }
        });
    }

    private void onDomain(String what, String name, DomainUse use) {
        connection.call(what, session -> {
            var domain = session.domainLookupByName(name);
            try {
                use.apply(domain);
            } finally {
                domain.free();
            }
            return true;
        });
    }

    /** The name of a machine that runs; empty when it has ended since it was listed. */
    private static Optional<String> running(LibvirtConnection.Session session, int id) throws LibvirtException {
        try {
            var domain = session.domainLookupByID(id);
            try {
                return Optional.of(domain.getName());
            } finally {
                domain.free();
            }
        } catch (LibvirtException e) {
            if (e.getError().getCode() == ErrorNumber.VIR_ERR_NO_DOMAIN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<Domain> lookUp(LibvirtConnection.Session session, String name) throws LibvirtException {
        try {
            return Optional.ofNullable(session.domainLookupByName(name));
        } catch (LibvirtException e) {
            if (e.getError().getCode() == ErrorNumber.VIR_ERR_NO_DOMAIN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static ObservedMachine.Size size(Domain domain) throws LibvirtException {
        var info = domain.getInfo();
        return new ObservedMachine.Size(info.nrVirtCpu, Math.toIntExact(info.maxMem / KIB_PER_MIB));
    }

    /** A use of a domain. */
    @FunctionalInterface
    private interface DomainUse {
        void apply(Domain domain) throws LibvirtException;
    }
}

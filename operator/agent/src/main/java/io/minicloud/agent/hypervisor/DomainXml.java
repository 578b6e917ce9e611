package io.minicloud.agent.hypervisor;

import java.util.List;

/** Renders a machine as libvirt's domain XML: a pure function. */
final class DomainXml {
    private static final List<DomainConfigurator> CONFIGURATORS = List.of(
            DomainXml::identity,
            DomainXml::size,
            DomainXml::boot,
            DomainXml::platform,
            DomainXml::disks,
            DomainXml::networks,
            DomainXml::console,
            DomainXml::extras);

    private final Accelerator accelerator;

    DomainXml(Accelerator accelerator) {
        this.accelerator = accelerator;
    }

    String render(MachineDefinition machine) {
        var domain = XmlTree.root("domain").with("type", accelerator.domainType());
        var devices = XmlTree.root("devices");
        CONFIGURATORS.forEach(configurator -> configurator.configure(machine, domain, devices));
        processor(domain);
        return domain.graft(devices).render();
    }

    private static void identity(MachineDefinition machine, XmlTree domain, XmlTree devices) {
        var uuid = MachineUuid.of(machine.instanceId());
        domain.leaf("name", machine.name()).leaf("uuid", uuid).leaf("title", machine.instanceId());
        domain.child("metadata").graft(NotesXml.tree(machine.notes()));
        var system = domain.child("sysinfo").with("type", "smbios").child("system");
        system.child("entry").with("name", "manufacturer").text("minicloud");
        system.child("entry").with("name", "product").text("Instance");
        system.child("entry").with("name", "serial").text(uuid);
        system.child("entry").with("name", "uuid").text(uuid);
    }

    private static void size(MachineDefinition machine, XmlTree domain, XmlTree devices) {
        domain.child("memory").with("unit", "MiB").text(machine.memoryMiB());
        domain.leaf("vcpu", machine.vCpus());
    }

    private static void boot(MachineDefinition machine, XmlTree domain, XmlTree devices) {
        var os = domain.child("os");
        os.child("type").with("arch", "x86_64").with("machine", "pc").text("hvm");
        os.child("smbios").with("mode", "sysinfo");
        var kernel = machine.kernel();
        if (kernel != null) {
            os.leaf("kernel", kernel.kernel())
                    .leaf("initrd", kernel.initramfs())
                    .leaf("cmdline", kernel.cmdline());
        } else {
            os.child("boot").with("dev", "hd");
        }
    }

    private static void platform(MachineDefinition machine, XmlTree domain, XmlTree devices) {
        // Without ACPI the guest has no power button.
        domain.child("features").leaf("acpi", "").leaf("apic", "");
        domain.child("clock").with("offset", "utc");
        domain.leaf("on_poweroff", "destroy").leaf("on_reboot", "restart").leaf("on_crash", "destroy");
    }

    /** KVM gives the processor as it is; QEMU's own choice is what it translates fastest. */
    private void processor(XmlTree domain) {
        if (accelerator == Accelerator.KVM) {
            domain.child("cpu").with("mode", "host-passthrough");
        }
    }

    private static void disks(MachineDefinition machine, XmlTree domain, XmlTree devices) {
        var letter = 'a';
        for (var disk : machine.disks()) {
            var element = devices.child("disk").with("type", "file").with("device", "disk");
            element.child("driver")
                    .with("name", "qemu")
                    .with("type", disk.format())
                    .with("discard", "unmap");
            element.child("source").with("file", disk.file());
            element.child("target").with("dev", "vd" + letter).with("bus", "virtio");
            element.leaf("serial", disk.serial());
            letter++;
        }
    }

    private static void networks(MachineDefinition machine, XmlTree domain, XmlTree devices) {
        machine.networks().forEach(network -> devices.graft(NetworkXml.tree(network)));
    }

    private static void console(MachineDefinition machine, XmlTree domain, XmlTree devices) {
        var serial = devices.child("serial").with("type", "pty");
        serial.child("log").with("file", machine.consoleLog()).with("append", "on");
        serial.child("target").with("port", "0");
    }

    private static void extras(MachineDefinition machine, XmlTree domain, XmlTree devices) {
        devices.child("controller").with("type", "usb").with("model", "none");
        devices.child("memballoon").with("model", "none");
        devices.child("rng")
                .with("model", "virtio")
                .child("backend")
                .with("model", "random")
                .text("/dev/urandom");
    }
}

package io.minicloud.agent.preflight;

import java.util.List;
import java.util.stream.Stream;

/** The programs that the agent, libvirt and podman run on the machine, and the Debian packages they come with. */
enum HostProgram {
    QEMU("qemu-system-x86_64", "qemu-system-x86", "7.2"),
    QEMU_IMG("qemu-img", "qemu-utils", ""),
    NFT("nft", "nftables", "1.0.6"),
    IP("ip", "iproute2", "6.1.0"),
    DNSMASQ("dnsmasq", "dnsmasq-base", "2.90"),
    SYSCTL("sysctl", "procps", ""),
    NSENTER("nsenter", "util-linux", ""),
    UNSHARE("unshare", "util-linux", ""),
    PODMAN("podman", "podman", "4.3.1", Topic.ContainersRun),
    RUNC("runc", "runc", "", Topic.ContainersRun),
    CONMON("conmon", "conmon", "", Topic.ContainersRun);

    private final String program;
    private final String debianPackage;
    private final String tested;
    private final Topic topic;

    /**
     * A program.
     *
     * @param program its name
     * @param debianPackage the package of Debian and Ubuntu that has it
     * @param tested the oldest version that minicloud was tried with, that of Debian 12; empty where it does not matter
     */
    HostProgram(String program, String debianPackage, String tested) {
        this(program, debianPackage, tested, Topic.PackagesInstalled);
    }

    HostProgram(String program, String debianPackage, String tested, Topic topic) {
        this.program = program;
        this.debianPackage = debianPackage;
        this.tested = tested;
        this.topic = topic;
    }

    String program() {
        return program;
    }

    String debianPackage() {
        return debianPackage;
    }

    String tested() {
        return tested;
    }

    /** The programs that a topic speaks of. */
    static List<HostProgram> of(Topic topic) {
        return Stream.of(values()).filter(wanted -> wanted.topic == topic).toList();
    }

    static List<String> names() {
        return Stream.of(values()).map(HostProgram::program).toList();
    }
}

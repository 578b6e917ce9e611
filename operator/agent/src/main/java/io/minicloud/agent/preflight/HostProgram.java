package io.minicloud.agent.preflight;

import java.util.List;
import java.util.stream.Stream;

/** The programs that the agent and libvirt run on the machine, and the Debian packages they come with. */
enum HostProgram {
    QEMU("qemu-system-x86_64", "qemu-system-x86", "7.2"),
    QEMU_IMG("qemu-img", "qemu-utils", ""),
    NFT("nft", "nftables", "1.0.6"),
    IP("ip", "iproute2", "6.1.0"),
    DNSMASQ("dnsmasq", "dnsmasq-base", "2.90"),
    SYSCTL("sysctl", "procps", ""),
    NSENTER("nsenter", "util-linux", ""),
    UNSHARE("unshare", "util-linux", "");

    private final String program;
    private final String debianPackage;
    private final String tested;

    /**
     * A program.
     *
     * @param program its name
     * @param debianPackage the package of Debian and Ubuntu that has it
     * @param tested the oldest version that minicloud was tried with, that of Debian 12; empty where it does not matter
     */
    HostProgram(String program, String debianPackage, String tested) {
        this.program = program;
        this.debianPackage = debianPackage;
        this.tested = tested;
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

    static List<String> names() {
        return Stream.of(values()).map(HostProgram::program).toList();
    }
}

package io.minicloud.agent.preflight;

import io.minicloud.agent.preflight.MachineFacts.Kvm;
import io.minicloud.agent.preflight.MachineFacts.Libvirt;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is to be said of programs, libvirt and KVM. */
final class SoftwareReview {
    private static final String INSTALL = "apt-get update && apt-get install -y --no-install-recommends ";

    /** That of Debian 12, the oldest that minicloud was tried with. */
    private static final String TESTED_LIBVIRT = "9.0.0";

    private final String libvirtUri;
    private final boolean own;

    /**
     * A review.
     *
     * @param libvirtUri of the libvirt to use
     * @param home the state folder; a libvirt that listens below it was started by hack/up
     */
    SoftwareReview(String libvirtUri, Path home) {
        this.libvirtUri = libvirtUri;
        this.own = libvirtUri.contains("socket=" + home + "/");
    }

    /** Without them no machine runs. */
    Finding packages(@Nullable Map<String, String> programs) {
        return programs(
                Topic.PackagesInstalled,
                programs,
                missing ->
                        Finding.blocking(Topic.PackagesInstalled, PreflightReason.PackagesMissing, missing(missing)));
    }

    /** Without them all but load balancers runs. */
    Finding containers(@Nullable Map<String, String> programs) {
        return programs(
                Topic.ContainersRun,
                programs,
                missing -> Finding.advice(
                        Topic.ContainersRun,
                        PreflightReason.PackagesMissing,
                        "load balancers cannot run here; " + missing(missing)));
    }

    private static Finding programs(
            Topic topic, @Nullable Map<String, String> programs, Function<List<HostProgram>, Finding> lack) {
        if (programs == null) {
            return Finding.unknown(topic, "the shell of this machine does not answer");
        }
        var missing = HostProgram.of(topic).stream()
                .filter(wanted -> !programs.containsKey(wanted.program()))
                .toList();
        if (!missing.isEmpty()) {
            return lack.apply(missing);
        }
        var old = HostProgram.of(topic).stream()
                .filter(wanted -> older(programs.get(wanted.program()), wanted.tested()))
                .toList();
        return old.isEmpty() ? Finding.good(topic) : old(topic, old);
    }

    private static String missing(List<HostProgram> programs) {
        return "missing: " + names(programs) + ". On Debian or Ubuntu: " + INSTALL + packages(programs);
    }

    private static Finding old(Topic topic, List<HostProgram> programs) {
        var versions = programs.stream()
                .map(program -> program.program() + " (tried with " + program.tested() + ")")
                .collect(Collectors.joining(", "));
        return Finding.advice(
                topic,
                PreflightReason.OlderThanTested,
                "older than any that minicloud was tried with, which may do: " + versions
                        + ". A newer release of the system has newer ones; of this one the newest come with: " + INSTALL
                        + packages(programs));
    }

    Finding libvirt(Libvirt libvirt) {
        if (libvirt.version() == null) {
            return Finding.blocking(
                    Topic.LibvirtReachable,
                    PreflightReason.LibvirtUnreachable,
                    "libvirtd does not answer at " + libvirtUri + ": " + startLibvirt());
        }
        if (older(libvirt.version(), TESTED_LIBVIRT)) {
            return Finding.advice(
                    Topic.LibvirtReachable,
                    PreflightReason.OlderThanTested,
                    "libvirt is older than " + TESTED_LIBVIRT
                            + ", the oldest that minicloud was tried with; it may do. The newest of this system comes with: "
                            + INSTALL
                            + "libvirt-daemon-system libvirt-daemon-driver-qemu");
        }
        return Finding.good(Topic.LibvirtReachable);
    }

    private String startLibvirt() {
        return own
                ? "start it again with: hack/up"
                : "start it with: systemctl enable --now libvirtd, or install it on Debian or Ubuntu with: " + INSTALL
                        + "libvirt-daemon-system libvirt-daemon-driver-qemu";
    }

    /** KVM is tried once, when the agent starts. */
    Finding kvm(Kvm kvm) {
        if (kvm.usable()) {
            return Finding.good(Topic.KvmAvailable);
        }
        var reason = lack(kvm);
        return Finding.advice(
                Topic.KvmAvailable,
                reason,
                "machines run, but slowly, since their processor is emulated. " + remedy(reason, kvm.module())
                        + ". Then restart the agent");
    }

    private static PreflightReason lack(Kvm kvm) {
        if (!kvm.device()) {
            return kvm.module() == null ? PreflightReason.KvmNotOffered : PreflightReason.KvmModuleMissing;
        }
        if (!kvm.shared()) {
            return PreflightReason.KvmNotPermitted;
        }
        return kvm.tried() ? PreflightReason.KvmBootsNoGuest : PreflightReason.KvmNotTried;
    }

    private static String remedy(PreflightReason lack, @Nullable String module) {
        return switch (lack) {
            case KvmModuleMissing ->
                "There is no /dev/kvm: modprobe %s && echo %s > /etc/modules-load.d/kvm.conf. If modprobe refuses, switch on VT-x (Intel) or SVM (AMD) in the firmware's setup"
                        .formatted(module, module);
            case KvmNotOffered ->
                "The processor offers no virtualization: switch on VT-x (Intel) or SVM (AMD) in the firmware's setup, or nested virtualization for this machine where it is itself a virtual one";
            case KvmNotPermitted ->
                "Only root may open /dev/kvm, and no guest was seen to boot with it: chgrp kvm /dev/kvm && chmod 0660 /dev/kvm, and QEMU's user in the group: usermod -aG kvm libvirt-qemu";
            case KvmNotTried ->
                "There is /dev/kvm, but not the running kernel's file, which it is tried with: ls -l /boot/vmlinuz-$(uname -r)";
            default ->
                "There is /dev/kvm, but no guest boots with it: on a virtual machine switch on nested virtualization in the hypervisor below; the kernel's word is in: dmesg | grep -i kvm";
        };
    }

    private static boolean older(@Nullable String line, String tested) {
        return Version.in(line)
                .flatMap(found -> Version.in(tested).map(wanted -> found.compareTo(wanted) < 0))
                .orElse(false);
    }

    private static String names(List<HostProgram> programs) {
        return programs.stream().map(HostProgram::program).collect(Collectors.joining(", "));
    }

    private static String packages(List<HostProgram> programs) {
        return programs.stream().map(HostProgram::debianPackage).distinct().collect(Collectors.joining(" "));
    }
}

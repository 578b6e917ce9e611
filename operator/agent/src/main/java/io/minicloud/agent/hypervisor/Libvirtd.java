package io.minicloud.agent.hypervisor;

/** The libvirt of this machine, as far as it is there at all. */
@FunctionalInterface
public interface Libvirtd {
    /**
     * The version that answers, e.g. {@code 9.0.0}.
     *
     * @throws HypervisorException when none answers
     */
    String version();
}

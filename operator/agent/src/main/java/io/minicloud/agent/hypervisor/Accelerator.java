package io.minicloud.agent.hypervisor;

/** What runs a guest's instructions. */
public enum Accelerator {
    /** The processor itself. */
    KVM("kvm"),
    /** QEMU's translator: slow, but works everywhere. */
    QEMU("qemu");

    private final String domainType;

    Accelerator(String domainType) {
        this.domainType = domainType;
    }

    String domainType() {
        return domainType;
    }
}

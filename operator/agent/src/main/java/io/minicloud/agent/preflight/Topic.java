package io.minicloud.agent.preflight;

/** What a look at the machine speaks of; the name is the condition's type. True is always the good side. */
public enum Topic {
    /** The programs that the agent runs are there, in versions that were tried. */
    PackagesInstalled,
    /** libvirtd answers. */
    LibvirtReachable,
    /** The processor itself runs guests. */
    KvmAvailable,
    /** The machine passes on what a router sends beyond it by its service link. */
    ForwardingAllowed,
    /** Nothing else on the machine uses addresses of the service range. */
    AddressRangeFree,
    /** Disk and memory suffice for a first machine. */
    EnoughRoom,
    /** No network daemon of the machine takes links of the cloud for its own. */
    LinksUnmanaged,
    /** The programs that load balancers run by are there, in versions that were tried. */
    ContainersRun
}

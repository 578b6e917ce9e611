package io.minicloud.agent.preflight;

import io.minicloud.agent.AgentSettings;
import io.minicloud.agent.preflight.MachineFacts.Room;
import java.nio.file.Path;
import java.util.List;

/** From what was seen of a machine to what is to be said of it, a finding per {@link Topic} in its order. Pure. */
public final class Preflight {
    /** What hack/up asks for, and room for an image and a first disk. */
    static final int LEAST_FREE_GIB = 5;

    /** What is kept for the machine itself by default (2 GiB) and a guest or two. */
    static final int LEAST_MEMORY_MIB = 3072;

    private static final int MIB_PER_GIB = 1024;

    private final Path home;
    private final SoftwareReview software;
    private final NetworkReview network;

    /**
     * An assessor.
     *
     * @param settings the state folder, the libvirt to use and the service range
     */
    public Preflight(AgentSettings settings) {
        home = settings.home();
        software = new SoftwareReview(settings.libvirtUri(), settings.home());
        network = new NetworkReview(settings.serviceCidr());
    }

    /** What is to be said. */
    public List<Finding> assess(MachineFacts facts) {
        return List.of(
                software.packages(facts.programs()),
                software.libvirt(facts.libvirt()),
                software.kvm(facts.kvm()),
                network.forwarding(facts.forwarding()),
                network.range(facts.routes()),
                room(facts.room()),
                network.links(facts.daemons()),
                software.containers(facts.programs()));
    }

    private Finding room(Room room) {
        if (room.freeGiB() != null && room.freeGiB() < LEAST_FREE_GIB) {
            return Finding.advice(
                    Topic.EnoughRoom,
                    PreflightReason.DiskTooSmall,
                    "less than " + LEAST_FREE_GIB + " GiB are free for " + home
                            + ", and a disk that cannot grow stops its guest: see what takes the room with: du -xh --max-depth=1 "
                            + home);
        }
        if (room.memoryMiB() < LEAST_MEMORY_MIB) {
            return Finding.advice(
                    Topic.EnoughRoom,
                    PreflightReason.MemoryTooSmall,
                    "this machine has less than " + LEAST_MEMORY_MIB / MIB_PER_GIB
                            + " GiB of memory, of which 2 GiB are kept for itself: add memory, or keep less with: kubectl patch host NAME --type=merge -p '{\"spec\":{\"reserved\":{\"memoryMiB\":1024}}}'");
        }
        return room.freeGiB() == null
                ? Finding.unknown(Topic.EnoughRoom, "the file system of " + home + " does not tell what is free")
                : Finding.good(Topic.EnoughRoom);
    }
}

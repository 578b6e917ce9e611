package io.minicloud.agent.container;

import io.minicloud.reconcile.identity.OwnerTag;
import io.minicloud.reconcile.identity.Sha256;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A container as it is wanted. Its root file system is read-only, it gains no privileges, and it has nothing of the machine but its mounts.
 * Command and mounts are seen by every user of the machine: secrets go through files.
 *
 * @param name its name on this machine, of lower case letters, digits and dashes; one per machine
 * @param owner the tag on it
 * @param networkNamespace the named network namespace that it shares; it must be there at the start
 * @param image what {@link Containers#image} gave for the image's name
 * @param command the program in the image and its arguments
 * @param userId the number of the user and of the group that it runs as; files that it reads or writes belong to it
 * @param mounts the folders and files of the machine that it sees
 * @param limits what it may use
 * @param capabilities those that it keeps, for example {@code NET_BIND_SERVICE}; never {@code NET_ADMIN} or another that reaches out of it
 * @param restart who starts it again when it has ended
 */
public record Container(
        String name,
        OwnerTag owner,
        String networkNamespace,
        String image,
        List<String> command,
        int userId,
        List<Mount> mounts,
        Limits limits,
        Set<Capability> capabilities,
        Restart restart) {
    /** Keeps immutable copies, the capabilities in one order: the digest is taken of the text. */
    public Container {
        command = List.copyOf(command);
        mounts = List.copyOf(mounts);
        capabilities = Collections.unmodifiableSortedSet(new TreeSet<>(capabilities));
    }

    /** What a container may keep of root's powers. What is not here, none ever has. */
    public enum Capability {
        /** To listen on ports below 1024. */
        NET_BIND_SERVICE,
        /** To speak under other addresses, in its own network namespace; what it may send there is for the VPC's rules to say. */
        NET_RAW
    }

    /** Who starts a container again when it has ended. */
    public enum Restart {
        /** What runs it, at once, also while there is no agent; the agent when it has ended well, or too often. */
        Always,
        /** Nobody, until the agent removes it and starts it anew. */
        ByAgent
    }

    /**
     * A folder or a file of the machine.
     *
     * @param source its path on the machine; it is there at the start
     * @param target its path in the container
     * @param writable whether the container may change it
     */
    public record Mount(Path source, Path target, boolean writable) {}

    /**
     * What a container may use.
     *
     * @param memoryMiB memory; what needs more is killed
     * @param processes processes and threads at one time
     * @param openFiles files and connections open at one time, of each process
     */
    public record Limits(int memoryMiB, int processes, int openFiles) {}

    /** What tells this wish from another of the same name. */
    public String digest() {
        return Sha256.hex(toString());
    }
}

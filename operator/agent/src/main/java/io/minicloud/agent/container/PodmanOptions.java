package io.minicloud.agent.container;

import io.minicloud.agent.container.Container.Restart;
import io.minicloud.agent.network.NamedNamespaces;
import java.util.ArrayList;
import java.util.List;

/** From a wish to the options of {@code podman run}. Pure. */
final class PodmanOptions {
    /**
     * After so many ends in a row of seconds or months podman leaves it to the agent, or what ends as soon as it starts would keep a
     * processor busy for ever.
     */
    private static final int REVIVALS = 10;

    /**
     * Of one user, who is the same in all containers, and not of one container: that has its control group. podman's own default is more
     * than some machines grant.
     */
    private static final String ALL_PROCESSES = "nproc=8192:8192";

    private PodmanOptions() {}

    /**
     * The options.
     *
     * @param wish what is wanted
     * @param group the control group in which that of the container is made
     */
    static List<String> of(Container wish, String group) {
        var user = wish.userId() + ":" + wish.userId();
        var memory = wish.limits().memoryMiB() + "m";
        var files = wish.limits().openFiles() + ":" + wish.limits().openFiles();
        var options = new ArrayList<>(List.of(
                "--name=" + wish.name(),
                "--label=" + PodmanLabels.OWNER + "=" + wish.owner(),
                "--label=" + PodmanLabels.DIGEST + "=" + wish.digest(),
                "--label=" + PodmanLabels.NAMESPACE + "=" + wish.networkNamespace(),
                "--pull=never",
                "--network=ns:" + NamedNamespaces.FOLDER.resolve(wish.networkNamespace()),
                "--dns=none",
                "--no-hosts",
                "--hostname=" + wish.name(),
                "--cgroup-parent=/" + group,
                "--read-only",
                "--read-only-tmpfs=false",
                "--cap-drop=all",
                "--security-opt=no-new-privileges",
                "--user=" + user,
                "--memory=" + memory,
                "--memory-swap=" + memory,
                "--pids-limit=" + wish.limits().processes(),
                "--ulimit=nofile=" + files,
                "--ulimit=" + ALL_PROCESSES,
                "--restart=" + (wish.restart() == Restart.Always ? "on-failure:" + REVIVALS : "no")));
        wish.capabilities().forEach(capability -> options.add("--cap-add=" + capability));
        wish.mounts().forEach(mount -> options.add(option(mount)));
        return options;
    }

    /** In the long form, in which a colon is a letter like others. */
    private static String option(Container.Mount mount) {
        return "--mount=type=bind,source=%s,target=%s,readonly=%s"
                .formatted(mount.source(), mount.target(), !mount.writable());
    }
}

package io.minicloud.agent.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which network daemons run, and whether their files would give them a link of the cloud. */
final class NetworkDaemonProbe {
    private static final List<String> NETWORKD_FOLDERS =
            List.of("etc/systemd/network", "run/systemd/network", "usr/lib/systemd/network", "lib/systemd/network");
    private static final List<String> NETWORK_MANAGER_FOLDERS = List.of(
            "etc/NetworkManager",
            "etc/NetworkManager/conf.d",
            "run/NetworkManager/conf.d",
            "usr/lib/NetworkManager/conf.d");

    // The kernel cuts the name of a process after 15 characters.
    private static final String NETWORKD = "systemd-network";
    private static final String NETWORK_MANAGER = "NetworkManager";

    private final Path root;
    private final String link;

    /**
     * A probe.
     *
     * @param root where the machine's own file system is seen
     * @param link the name of a link as the cloud gives them
     */
    NetworkDaemonProbe(Path root, String link) {
        this.root = root;
        this.link = link;
    }

    /** The daemons that would take the link. */
    Set<NetworkDaemon> observe() {
        var running = processes();
        var takers = EnumSet.noneOf(NetworkDaemon.class);
        if (running.contains(NETWORKD) && new NetworkdFiles(read(NETWORKD_FOLDERS, ".network")).take(link)) {
            takers.add(NetworkDaemon.NETWORKD);
        }
        if (running.contains(NETWORK_MANAGER)
                && !new NetworkManagerFiles(
                                read(NETWORK_MANAGER_FOLDERS, ".conf").values())
                        .leaveAlone(link)) {
            takers.add(NetworkDaemon.NETWORK_MANAGER);
        }
        return takers;
    }

    private Set<String> processes() {
        var names = new HashSet<String>();
        try (var folders = Files.newDirectoryStream(root.resolve("proc"), "[0-9]*")) {
            for (var folder : folders) {
                names.add(text(folder.resolve("comm")).strip());
            }
        } catch (IOException e) {
            // Not a machine with processes to be seen: none is known to run.
        }
        return names;
    }

    /** By name, as systemd takes them: of two files with one name the one in the earlier folder counts. */
    private Map<String, String> read(List<String> folders, String ending) {
        var files = new TreeMap<String, String>();
        for (var folder : folders) {
            var place = root.resolve(folder);
            if (!Files.isDirectory(place)) {
                continue;
            }
            try (Stream<Path> list = Files.list(place)) {
                list.filter(file -> file.toString().endsWith(ending))
                        .forEach(file -> files.putIfAbsent(file.getFileName().toString(), text(file)));
            } catch (IOException e) {
                // Gone since it was seen.
            }
        }
        return files;
    }

    /** Of a process or file that is gone by now: nothing. */
    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}

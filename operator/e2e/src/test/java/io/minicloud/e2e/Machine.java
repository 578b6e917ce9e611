package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a cloud could leave behind on a machine.
 *
 * @param things links, network namespaces, tables of nftables, routes and mounts
 * @param settings kernel settings of the network, by path
 */
record Machine(Set<String> things, Map<String, String> settings) {
    static Machine observe(Cloud cloud) {
        return new Machine(
                Stream.of(
                                says(cloud, "ip", "-o", "link").map(line -> "link " + line.split(": ")[1]),
                                says(cloud, "ip", "netns", "list").map(line -> "namespace " + line.split(" ")[0]),
                                says(cloud, "ip", "route", "show", "table", "all")
                                        .map(line -> "route " + line),
                                says(cloud, "nft", "list", "tables"),
                                says(cloud, "findmnt", "-rno", "TARGET").map(line -> "mount " + line))
                        .flatMap(lines -> lines)
                        .collect(Collectors.toSet()),
                forwarding());
    }

    /** Fails unless this machine has nothing that it did not have before, and the kernel settings of before. */
    void hasNothingMoreThan(Machine before) {
        var allowed = new HashSet<>(before.things);
        // All internet gateways of a machine share it, and somebody else's was there.
        if (before.things.stream().anyMatch(thing -> thing.startsWith("link mci"))) {
            allowed.add("table ip minicloud");
        }
        assertThat(things).isSubsetOf(allowed);
        assertThat(settings).containsAllEntriesOf(before.settings);
    }

    private static Stream<String> says(Cloud cloud, String... command) {
        return cloud.run(java.time.Duration.ofSeconds(20), command)
                .succeeded()
                .output()
                .lines();
    }

    private static Map<String, String> forwarding() {
        try (var files = Files.walk(Path.of("/proc/sys/net"), 4)) {
            var settings = new TreeMap<String, String>();
            files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*/(ip_forward|rp_filter|forwarding|bridge-nf-call-.*)"))
                    .filter(file -> file.toString().matches(".*/(all|default|ipv4|bridge)/[^/]*"))
                    .forEach(file -> settings.put(file.toString(), read(file)));
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

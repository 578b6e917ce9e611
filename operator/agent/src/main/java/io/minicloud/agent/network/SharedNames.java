package io.minicloud.agent.network;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.Commands;
import io.minicloud.reconcile.identity.Sha256;
import io.minicloud.reconcile.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The names of no VPC, for which every router's dnsmasq answers: one file that all of them read, and stays while nobody writes it.
 * They are told of a change by a hang-up, since a watch of a folder takes one of the 128 that a user may have by default.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inotify.7.html">inotify(7), max_user_instances</a>
 */
public final class SharedNames {
    private final Commands commands;
    private final Dnsmasq dnsmasq;
    private final NameServerDaemon outside;
    private final Path file;
    private final Path told;

    /**
     * The names of this machine.
     *
     * @param commands how programs are run
     * @param dnsmasq those who answer in VPCs
     * @param outside who answers the world
     */
    public SharedNames(Commands commands, Dnsmasq dnsmasq, NameServerDaemon outside) {
        this.commands = commands;
        this.dnsmasq = dnsmasq;
        this.outside = outside;
        this.file = dnsmasq.sharedNames();
        this.told = file.resolveSibling("shared.told");
    }

    /**
     * The steps that let every server answer for these names and no others; empty when they do.
     *
     * @param addresses the IPv4 addresses of each name
     * @throws IllegalArgumentException when a text is no name or no address
     */
    public Plan plan(Map<String, List<String>> addresses) {
        var wanted = render(addresses);
        var mark = Sha256.hex(wanted);
        if (read(file).equals(Optional.of(wanted)) && read(told).equals(Optional.of(mark))) {
            return Plan.empty();
        }
        var steps = new ArrayList<RouterSteps.Step>();
        steps.add(new RouterSteps.Step("write the names that all VPCs know", wanted, () -> write(file, wanted)));
        steps.add(new RouterSteps.Step("reload every dnsmasq", "", this::tell));
        steps.add(new RouterSteps.Step("note which names all VPCs know", mark, () -> write(told, mark)));
        return new Plan(steps);
    }

    private static String render(Map<String, List<String>> addresses) {
        return new TreeMap<>(addresses)
                .entrySet().stream()
                        .flatMap(name -> name.getValue().stream().map(address -> "%s %s%n"
                                .formatted(Ipv4.parse(address), Syntax.dnsName(name.getKey()))))
                        .collect(Collectors.joining());
    }

    /** Who starts after the file was written reads it by himself. */
    private void tell() {
        var servers = new ArrayList<>(dnsmasq.servers());
        outside.running().ifPresent(servers::add);
        if (!servers.isEmpty()) {
            var words = new ArrayList<>(List.of("kill", "-HUP"));
            servers.forEach(pid -> words.add(Long.toString(pid)));
            commands.require(Command.of(words.toArray(String[]::new)));
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** At once: a server that is told of something else meanwhile reads the old ones or the new ones. */
    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, text);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.minicloud.agent.network;

import io.minicloud.agent.process.Command;
import io.minicloud.agent.process.Commands;
import io.minicloud.reconcile.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One dnsmasq per router: DHCP with static leases and the names of the VPC.
 */
public final class Dnsmasq {
    private static final String APPLIED = "applied";
    private static final String LEASES = "leases";

    private final Commands commands;
    private final NamedNamespaces namespaces;
    private final Path folder;

    /**
     * The servers whose files lie under a folder.
     *
     * @param commands how programs are run
     * @param namespaces which are there
     * @param runFolder where short-lived files lie
     */
    public Dnsmasq(Commands commands, NamedNamespaces namespaces, Path runFolder) {
        this.commands = commands;
        this.namespaces = namespaces;
        this.folder = runFolder.resolve("dnsmasq");
    }

    /** The steps that make a router's server right; empty when it is. The router's namespace is there. */
    public Plan plan(Router router) {
        var place = folder.resolve(router.vpcId());
        var files = new DnsmasqFiles(place).render(router);
        var wanted = DnsmasqFiles.digests(files);
        var running = running(router.vpcId());
        var applied = read(place.resolve(APPLIED));
        if (running.isPresent() && applied.equals(Optional.of(wanted)) && same(place, files)) {
            return Plan.empty();
        }
        var steps = new ArrayList<RouterSteps.Step>();
        steps.add(
                new RouterSteps.Step("write the leases and names of " + router.vpcId(), "", () -> write(place, files)));
        var leases = new LeaseFile(read(place.resolve(LEASES)).orElse(""));
        boolean reload = running.isPresent()
                && !leases.blocks(router)
                && applied.filter(text ->
                                text.lines().findFirst().equals(wanted.lines().findFirst()))
                        .isPresent();
        if (reload) {
            steps.add(new RouterSteps.Step("reload dnsmasq of " + router.vpcId(), "", () -> hangUp(running.get())));
        } else {
            running.ifPresent(pid -> steps.add(
                    new RouterSteps.Step("stop dnsmasq of " + router.vpcId(), "", () -> DnsmasqProcess.stop(pid))));
            if (leases.blocks(router)) {
                // What it has in its memory it would write again, so it is off.
                steps.add(new RouterSteps.Step(
                        "forget the leases of those who are gone from " + router.vpcId(),
                        "",
                        () -> unblock(router, place.resolve(LEASES))));
            }
            steps.add(new RouterSteps.Step("start dnsmasq of " + router.vpcId(), "", () -> process(router.vpcId())
                    .start(commands)));
        }
        steps.add(new RouterSteps.Step(
                "note what dnsmasq of " + router.vpcId() + " serves", "", () -> write(place, Map.of(APPLIED, wanted))));
        return new Plan(steps);
    }

    /** The steps that end a VPC's server and remove its files; empty when there is nothing. */
    public Plan removal(String vpcId) {
        var place = folder.resolve(Syntax.id(vpcId));
        var steps = new ArrayList<RouterSteps.Step>();
        running(vpcId)
                .ifPresent(pid -> steps.add(
                        new RouterSteps.Step("stop dnsmasq of " + vpcId, "", () -> DnsmasqProcess.stop(pid))));
        if (Files.exists(place)) {
            steps.add(new RouterSteps.Step("remove the files of dnsmasq of " + vpcId, "", () -> delete(place)));
        }
        return new Plan(steps);
    }

    /** The VPCs for which there are files. */
    public Set<String> served() {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> places = Files.list(folder)) {
            return places.map(place -> place.getFileName().toString())
                    .filter(Syntax::isId)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of the names that every server answers for beside those of its VPC. */
    Path sharedNames() {
        return folder.resolve(DnsmasqFiles.SHARED);
    }

    /** The processes of all servers. */
    List<Long> servers() {
        return served().stream().flatMap(vpcId -> running(vpcId).stream()).toList();
    }

    /** Whether a VPC's server runs in the namespace that has the name now. */
    public boolean isServing(String vpcId) {
        return running(vpcId).isPresent();
    }

    /**
     * The process that keeps a router's namespace alive, which has lost its name: who deletes the name leaves the namespace, and
     * all that is in it, to those who run inside.
     */
    Optional<Long> keeper(String vpcId) {
        return Files.exists(namespaces.file(Router.namespaceOf(vpcId)))
                ? Optional.empty()
                : process(vpcId).pid();
    }

    private Optional<Long> running(String vpcId) {
        return process(vpcId).running(namespaces);
    }

    private DnsmasqProcess process(String vpcId) {
        return new DnsmasqProcess(folder.resolve(vpcId), Router.namespaceOf(vpcId));
    }

    /** In place: the file belongs to the user that dnsmasq becomes. */
    private static void unblock(Router router, Path leases) {
        try {
            Files.writeString(
                    leases,
                    new LeaseFile(Files.readString(leases)).unblocked(router).text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hangUp(long pid) {
        commands.require(Command.of("kill", "-HUP", Long.toString(pid)));
    }

    private static boolean same(Path place, Map<String, String> files) {
        return files.entrySet().stream()
                .allMatch(file -> read(place.resolve(file.getKey())).equals(Optional.of(file.getValue())));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Readable by the user that dnsmasq becomes; there is no secret in them. */
    private static void write(Path place, Map<String, String> files) {
        try {
            Files.createDirectories(place);
            for (var directory : List.of(place.getParent(), place)) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            if (!files.containsKey(APPLIED)) {
                Files.deleteIfExists(place.resolve(APPLIED));
            }
            for (var file : files.entrySet()) {
                var path = place.resolve(file.getKey());
                Files.writeString(path, file.getValue());
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path place) {
        try (Stream<Path> files = Files.list(place)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

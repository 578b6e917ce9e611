package io.minicloud.agent.network;

import io.minicloud.agent.process.Commands;
import io.minicloud.reconcile.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The dnsmasq that answers the world for the names that all VPCs know, and refuses all others: it asks nobody. */
public final class NameServerDaemon {
    /** As on AWS. */
    private static final int SECONDS_TO_LIVE = 60;

    private final Commands commands;
    private final NamedNamespaces namespaces;
    private final Path names;
    private final DnsmasqProcess process;

    /**
     * The server of a machine.
     *
     * @param commands how programs are run
     * @param namespaces which are there
     * @param dnsmasq the servers of VPCs, whose shared names it has
     * @param runFolder where short-lived files lie
     * @param id as of the {@link NameServer}
     */
    public NameServerDaemon(Commands commands, NamedNamespaces namespaces, Dnsmasq dnsmasq, Path runFolder, String id) {
        this.commands = commands;
        this.namespaces = namespaces;
        this.names = dnsmasq.sharedNames();
        this.process = new DnsmasqProcess(runFolder.resolve("nameserver"), Router.namespaceOf(id));
    }

    /** The process; empty when it does not run. */
    Optional<Long> running() {
        return process.running(namespaces);
    }

    /** The steps that let it answer; empty when it does. The namespace is there. */
    Plan plan(NameServer desired) {
        var file = process.place().resolve(DnsmasqProcess.CONFIGURATION);
        var wanted = configuration();
        var running = running();
        if (running.isPresent() && read(file).equals(Optional.of(wanted))) {
            return Plan.empty();
        }
        var steps = new ArrayList<RouterSteps.Step>();
        process.pid().ifPresent(pid -> steps.add(stop(pid)));
        steps.add(
                new RouterSteps.Step("write the configuration of " + desired.namespace(), wanted, () -> write(wanted)));
        steps.add(new RouterSteps.Step("start dnsmasq of " + desired.namespace(), "", () -> process.start(commands)));
        return new Plan(steps);
    }

    /** The steps that end it; empty when there is nothing of it. */
    Plan removal() {
        var steps = new ArrayList<RouterSteps.Step>();
        process.pid().ifPresent(pid -> steps.add(stop(pid)));
        if (Files.exists(process.place())) {
            steps.add(new RouterSteps.Step("remove the files of " + process.namespace(), "", this::delete));
        }
        return new Plan(steps);
    }

    private RouterSteps.Step stop(long pid) {
        return new RouterSteps.Step("stop dnsmasq of " + process.namespace(), "", () -> DnsmasqProcess.stop(pid));
    }

    private String configuration() {
        return """
                user=nobody
                no-hosts
                no-resolv
                port=53
                local=/%s/
                local-ttl=%d
                addn-hosts=%s
                pid-file=%s
                """.formatted(DnsmasqFiles.SHARED_DOMAIN, SECONDS_TO_LIVE, names, process.pidFile());
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void write(String configuration) {
        try {
            Files.createDirectories(process.place());
            Files.setPosixFilePermissions(process.place(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.writeString(process.place().resolve(DnsmasqProcess.CONFIGURATION), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete() {
        try {
            for (var file : List.of(process.place().resolve(DnsmasqProcess.CONFIGURATION), process.pidFile())) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(process.place());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

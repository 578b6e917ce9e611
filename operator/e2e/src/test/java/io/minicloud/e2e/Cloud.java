package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.testing.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A minicloud of the tests, beside whatever runs on this machine: a state folder, ports, a service range and a host name
 * of its own. It is driven by the scripts that users run.
 *
 * @param home its state folder
 * @param environment what the scripts are told
 */
record Cloud(Path home, Map<String, String> environment) {
    private static final Path REPOSITORY = Tools.repository("");
    private static final int PORTS = 8;

    /** The place of the operator's port after the first one. */
    private static final int OPERATOR_PORT = 7;

    private static final List<String> GROUPS =
            List.of("ec2.minicloud.io", "s3.minicloud.io", "organizations.minicloud.io", "host.minicloud.io");

    /**
     * What a command did.
     *
     * @param status its exit status
     * @param output what it said, both streams
     * @param took how long it ran
     */
    record Run(int status, String output, Duration took) {
        /** Fails with everything that was said, unless it ended well. */
        Run succeeded() {
            assertThat(status).as(output).isZero();
            return this;
        }
    }

    static Cloud in(Path home, String host, String serviceCidr) {
        open(home.getParent());
        return new Cloud(
                home,
                Map.of(
                        "MINICLOUD_HOME",
                        home.toString(),
                        "MINICLOUD_PORT_BASE",
                        Integer.toString(freePorts()),
                        "MINICLOUD_HOST",
                        host,
                        "MINICLOUD_SERVICE_CIDR",
                        serviceCidr));
    }

    Cloud with(String name, String value) {
        var more = new HashMap<>(environment);
        more.put(name, value);
        return new Cloud(home, Map.copyOf(more));
    }

    /** Runs a script of {@code hack/}. */
    Run hack(String... command) {
        return run(Duration.ofMinutes(8), Stream.of(command).toArray(String[]::new));
    }

    /** Runs kubectl as the administrator of this cloud, e.g. {@code kubectl("get", "vpc")}. */
    Run kubectl(String... arguments) {
        return run(
                Duration.ofMinutes(2),
                Stream.concat(
                                Stream.of(
                                        home.resolve("bin/kubectl").toString(),
                                        "--kubeconfig",
                                        home.resolve("kubeconfig").toString()),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    /** Applies a YAML text as the administrator. */
    void apply(String yaml) {
        try {
            var file = Files.createTempFile("minicloud-e2e", ".yaml");
            try {
                kubectl("apply", "-f", Files.writeString(file, yaml).toString()).succeeded();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asks for a tiny instance beside the quickstart's.
     *
     * @param name its name
     * @param subnet a or b
     * @param more a line of its spec, or nothing
     * @param commands what its user data runs
     */
    void launch(String name, String subnet, String more, String commands) {
        apply("""
                apiVersion: ec2.minicloud.io/v1alpha1
                kind: Instance
                metadata: {name: %s, namespace: lab}
                spec:
                  imageRef: {name: tiny}
                  instanceType: t3.nano
                  subnetRef: {name: %s}
                  %s
                  userData: |
                    #!/bin/sh
                    %s
                """.formatted(name, subnet, more, commands));
    }

    /** A field of an object of the quickstart, by JSON path. */
    String field(String object, String path) {
        return kubectl("-n", "lab", "get", object, "-o", "jsonpath={" + path + "}")
                .succeeded()
                .output()
                .strip();
    }

    /** Every object of minicloud and the version it has: equal twice means that nothing was written between. */
    Map<String, String> versions() {
        var kinds = GROUPS.stream()
                .flatMap(group -> kubectl("api-resources", "--api-group=" + group, "-o", "name")
                        .succeeded()
                        .output()
                        .lines())
                .collect(Collectors.joining(","));
        var lines = kubectl(
                        "get",
                        kinds,
                        "-A",
                        "-o",
                        "jsonpath={range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name}={.metadata.resourceVersion}{\"\\n\"}{end}")
                .succeeded()
                .output();
        return lines.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1], (a, b) -> b, TreeMap::new));
    }

    /** The processes of this cloud: the first word of the command line by process id. */
    Map<Long, String> processes() {
        try (var entries = Files.list(Path.of("/proc"))) {
            return entries.filter(
                            entry -> entry.getFileName().toString().chars().allMatch(Character::isDigit))
                    .map(Cloud::commandLine)
                    .filter(process -> process.getValue().contains(home.toString()))
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            process -> process.getValue().split("\0", 2)[0],
                            (a, b) -> b,
                            TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The processes of this cloud that run this program. */
    List<Long> processes(String program) {
        return processes().entrySet().stream()
                .filter(process -> Path.of(process.getValue()).endsWith(program))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The words of a process; none when it has ended. */
    String commandLine(long process) {
        return commandLine(Path.of("/proc", Long.toString(process))).getValue().replace('\0', ' ');
    }

    /** Whether the operator says that it is ready. */
    boolean isReady() {
        var port = Integer.parseInt(environment.get("MINICLOUD_PORT_BASE")) + OPERATOR_PORT;
        return run(Duration.ofSeconds(20), "curl", "-fsS", "http://127.0.0.1:" + port + "/q/health/ready")
                        .status()
                == 0;
    }

    /** The file of the console of an instance of the quickstart. */
    Path consoleFile(String instance) {
        return home.resolve("consoles").resolve(field("instance/" + instance, ".status.instanceId") + ".log");
    }

    /** The console of an instance of the quickstart, as far as it was written. */
    String console(String instance) {
        try {
            return Files.readString(consoleFile(instance));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Run run(Duration limit, String... command) {
        var start = System.nanoTime();
        try {
            var output = Files.createTempFile("minicloud-e2e", ".log");
            try {
                var builder = new ProcessBuilder(command)
                        .directory(REPOSITORY.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.environment().keySet().removeIf(Cloud::namesAnotherCloud);
                builder.environment().putAll(environment);
                var process = builder.start();
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroy);
                    process.destroyForcibly();
                    throw new AssertionError(
                            Arrays.toString(command) + " ran longer than " + limit + ":\n" + Files.readString(output));
                }
                return new Run(
                        process.exitValue(), Files.readString(output), Duration.ofNanos(System.nanoTime() - start));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    // A folder of a test is closed to others, and a DHCP server without rights has to find its leases.
    private static void open(Path folder) {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map.Entry<Long, String> commandLine(Path process) {
        try {
            return Map.entry(
                    Long.valueOf(process.getFileName().toString()), Files.readString(process.resolve("cmdline")));
        } catch (IOException e) {
            // It ended meanwhile.
            return Map.entry(0L, "");
        }
    }

    // What the one who runs the tests has set for a cloud of their own. The tools are built once for all.
    private static boolean namesAnotherCloud(String variable) {
        return variable.equals("KUBECONFIG")
                || variable.startsWith("MINICLOUD_") && !variable.equals("MINICLOUD_TOOLS_BIN");
    }

    private static int freePorts() {
        return IntStream.iterate(21440, base -> base < 32000, base -> base + 1000)
                .filter(base -> IntStream.range(base, base + PORTS).allMatch(Cloud::isFree))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}

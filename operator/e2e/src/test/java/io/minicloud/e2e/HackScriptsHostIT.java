package io.minicloud.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.api.testing.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scripts give up early and say why and what helps. They run in a copy of the checkout, with a state folder of the
 * test, so that one that does not give up harms nothing.
 */
class HackScriptsHostIT {
    private static final String[] AS_NOBODY = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();

    @BeforeEach
    void copyTheScripts() throws Exception {
        // Everyone must be able to look in: some commands run as nobody.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(folder.resolve("operator"));
        Files.copy(Tools.repository("pom.xml"), folder.resolve("pom.xml"));
        run("cp", "-a", Tools.repository("hack").toString(), folder.toString());
        home = folder.resolve("home");
        environment.put("MINICLOUD_HOME", home.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "test", "console", "join", "containers"})
    void helpNeedsNoRightsAndNamesTheScript(String script) throws Exception {
        for (var option : List.of("-h", "--help")) {
            var said = run(List.of(AS_NOBODY), "hack/" + script, option);

            assertThat(said.status()).as(said.errors()).isZero();
            assertThat(said.output()).contains("hack/" + script);
            assertThat(said.errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "up,",
        "down,",
        "down,--keep-data",
        "test,",
        "console,lab/client",
        "join,identity.json",
        "containers,images"
    })
    void onlyRootMayRunThem(String script, String argument) throws Exception {
        var command = new ArrayList<>(List.of(AS_NOBODY));
        command.add("hack/" + script);
        if (argument != null) {
            command.add(argument);
        }

        run(command.toArray(String[]::new)).gaveUp(script + ": not root", "sudo hack/" + script);
    }

    @ParameterizedTest
    @CsvSource({"up,--oops", "up,--help --oops", "down,--oops", "down,--keep-data --oops"})
    void anUnknownArgumentIsRefused(String script, String arguments) throws Exception {
        run("bash", "-c", "hack/" + script + " " + arguments)
                .gaveUp(script + ": unknown argument " + arguments, "hack/" + script + " --help");
    }

    @ParameterizedTest
    @CsvSource({"'',which instance?", "client,which instance?", "lab/client lab/server,one instance at a time"})
    void theConsoleIsOfOneInstance(String arguments, String cause) throws Exception {
        run("bash", "-c", "hack/console " + arguments).gaveUp("console: " + cause, "hack/console NAMESPACE/NAME");
    }

    @Test
    void aMachineJoinsWithAnIdentityOnly() throws Exception {
        run("hack/join").gaveUp("join: by which identity?", "hack/join identity HOST");
        run("hack/join", "pom.xml").gaveUp("join: pom.xml is no identity of an agent", "hack/join identity HOST");
    }

    @Test
    void thereIsNoConsoleWithoutACloud() throws Exception {
        run("hack/console", "lab/client").gaveUp("console: there is no minicloud in " + home, "hack/up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "test"})
    void aMissingJdkIsNamed(String script) throws Exception {
        environment.put("JAVA_HOME", folder.resolve("no-jdk").toString());
        environment.put("HOME", folder.toString());

        run(
                        "unshare",
                        "--mount",
                        "bash",
                        "-c",
                        "for f in /usr/lib/jvm /opt; do mount -t tmpfs none $f; done; exec hack/" + script)
                .gaveUp(script + ": there is no JDK 25", "openjdk-25-jdk-headless");
    }

    @Test
    void aFullDiskIsNamed() throws Exception {
        Files.createDirectory(home);

        run("unshare", "--mount", "bash", "-c", "mount -t tmpfs -o size=1m none \"$MINICLOUD_HOME\"; exec hack/up")
                .gaveUp("up: 1 MiB are free under " + home, "MINICLOUD_HOME");
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("MINICLOUD_PORT_BASE", Integer.toString(taken.getLocalPort()));

            run("hack/up")
                    .gaveUp(
                            "up: port " + taken.getLocalPort() + " (for etcd) is taken",
                            "pid=" + ProcessHandle.current().pid(),
                            "MINICLOUD_PORT_BASE=");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down"})
    void aSecondRunAtOnceIsRefused(String script) throws Exception {
        Files.createDirectories(home.resolve("etc"));
        Files.createFile(home.resolve("etc/settings"));

        runWhileHeld(home.resolve("etc/lock"), "hack/" + script)
                .gaveUp(script + ": another script of minicloud works on " + home, "wait");
    }

    @Test
    void aSecondTestRunAtOnceIsRefused() throws Exception {
        runWhileHeld(folder.resolve("pom.xml"), "hack/test")
                .gaveUp("test: another hack/test runs in this checkout", "wait");
    }

    @Test
    void aFolderOfSomeoneElseIsNeitherTakenNorRemoved() throws Exception {
        Files.createDirectories(home.resolve("etc"));
        var precious = Files.writeString(home.resolve("precious"), "data");

        run("hack/up").gaveUp("up: MINICLOUD_HOME is " + home + ", and something else is in that folder", "empty");
        var down = run("hack/down");

        assertThat(down.status()).isZero();
        assertThat(down.output()).contains("there is no minicloud in " + home);
        assertThat(precious).hasContent("data");
    }

    @ParameterizedTest
    @CsvSource({
        "MINICLOUD_HOME,home,not an absolute path",
        "MINICLOUD_PORT_BASE,many,no number from 1000 to 65528",
        "MINICLOUD_PORT_BASE,65529,no number from 1000 to 65528",
        "MINICLOUD_HOST,My_Tower,lower-case letters"
    })
    void aSettingThatCannotBeIsRefused(String setting, String value, String cause) throws Exception {
        environment.put(setting, value);

        run("hack/up").gaveUp(value, cause, setting + "=");
        assertThat(home).doesNotExist();
    }

    @Test
    void theImageOfHaproxyIsBuiltOnceAndSaysWhatIsInIt() throws Exception {
        var recipe = "hack/images/haproxy/build";
        var cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        var image = Path.of(cache, "minicloud", "images", "haproxy");
        var first = run(recipe, image.toString());
        assertThat(first.status()).as(first.errors()).isZero();
        var built = Files.getLastModifiedTime(image.resolve("haproxy.tar"));

        var again = run(recipe, image.toString());

        assertThat(again.output())
                .isEqualTo(first.output())
                .containsPattern("(?m)^[0-9a-f]{64}  haproxy.tar$")
                .containsPattern("(?m)^[0-9a-f]{64}  haproxy.cdx.json$");
        assertThat(again.errors()).isEmpty();
        assertThat(Files.getLastModifiedTime(image.resolve("haproxy.tar"))).isEqualTo(built);
        assertThat(run("sh", "-c", "cd " + image + " && sha256sum --quiet -c SHA256SUMS")
                        .status())
                .isZero();
        assertThat(run(
                                "jq",
                                "-r",
                                ".metadata.component.version, .components[].name",
                                image.resolve("haproxy.cdx.json").toString())
                        .output()
                        .lines())
                .anyMatch(line -> line.startsWith("3.0."))
                .contains("haproxy", "libc6", "libssl3t64")
                .doesNotContain("dash", "apt");
    }

    @Test
    void theRecipeOfHaproxySaysWhatItLacks() throws Exception {
        var recipe = "hack/images/haproxy/build";
        var target = Files.createDirectory(folder.resolve("image"));
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxrwxrwx"));

        var nowhere = run(recipe);
        var nobody = run(List.of(AS_NOBODY), recipe, target.toString());

        assertThat(nowhere.status()).isEqualTo(2);
        assertThat(nowhere.errors()).startsWith("usage: hack/images/haproxy/build FOLDER");
        assertThat(nobody.status()).isEqualTo(1);
        assertThat(nobody.errors()).contains("haproxy: needs root");
    }

    @Test
    void accountsAreEnrolledWhereTheirNamespaceIs() throws Exception {
        var objects = Files.writeString(folder.resolve("objects.json"), """
                {"items": [
                  {"kind": "Namespace", "metadata": {"name": "dev"}},
                  {"kind": "Account", "metadata": {"name": "dev"}, "spec": {"namespace": "dev", "accountId": "222233334444"}},
                  {"kind": "Account", "metadata": {"name": "soon"}, "spec": {"namespace": "soon", "accountId": "333344445555"}}
                ]}""");

        var said = run("bash", "-c", ". hack/lib/operator.sh; kube() { cat " + objects + "; }; accounts");

        assertThat(said.output().strip())
                .isEqualTo(
                        "[{\"name\":\"dev\",\"namespace\":\"dev\",\"accountId\":\"222233334444\",\"createNamespace\":false},"
                                + "{\"name\":\"lab\",\"namespace\":\"lab\",\"accountId\":\"111122223333\",\"createNamespace\":true}]");
    }

    /**
     * What a command said when it had ended.
     *
     * @param status its exit status
     * @param output what it said on standard output
     * @param errors what it said on standard error
     */
    private record Said(int status, String output, String errors) {
        void gaveUp(String... causeAndRemedy) {
            assertThat(errors).contains(causeAndRemedy).containsPattern("(?m)^  remedy: .");
            assertThat(status).isEqualTo(1);
            assertThat(output).isEmpty();
        }
    }

    private Said run(List<String> prefix, String... command) throws IOException, InterruptedException {
        var all = new ArrayList<>(prefix);
        all.addAll(List.of(command));
        return run(all.toArray(String[]::new));
    }

    private Said run(String... command) throws IOException, InterruptedException {
        var output = folder.resolve("output");
        var errors = folder.resolve("errors");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().keySet().removeIf(HackScriptsHostIT::namesACloud);
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " did not end: " + Files.readString(errors));
        }
        return new Said(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    private static boolean namesACloud(String variable) {
        return variable.equals("KUBECONFIG") || variable.startsWith("MINICLOUD_");
    }

    /** Runs it while another process holds the file by flock(2), which Java's own locks are not. */
    private Said runWhileHeld(Path file, String... command) throws IOException, InterruptedException {
        var holder = new ProcessBuilder("flock", file.toString(), "sh", "-c", "echo held; exec cat").start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            return run(command);
        } finally {
            holder.getOutputStream().close();
            holder.waitFor();
        }
    }
}

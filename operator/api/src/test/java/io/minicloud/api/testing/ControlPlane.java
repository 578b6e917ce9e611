package io.minicloud.api.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * The two processes behind an {@link ApiServer}, on free ports of the loopback interface. Each runs under a small shell that
 * ends it as soon as this JVM is gone, however it went.
 */
final class ControlPlane {
    private final Path folder;
    private final String token = UUID.randomUUID().toString();
    private final int etcdPort;
    private final int etcdPeerPort;
    private final int apiPort;
    private final List<Process> supervisors = new ArrayList<>();

    ControlPlane() throws IOException {
        folder = Files.createTempDirectory("minicloud-api-test-");
        var ports = freePorts(3);
        etcdPort = ports.get(0);
        etcdPeerPort = ports.get(1);
        apiPort = ports.get(2);
    }

    void start() throws IOException {
        Files.writeString(folder.resolve("service-account.pem"), privateKey());
        Files.writeString(folder.resolve("tokens.csv"), token + ",admin,admin,system:masters\n");
        supervise("etcd", etcdArguments());
        supervise("kube-apiserver", apiServerArguments());
    }

    String url() {
        return "https://127.0.0.1:" + apiPort;
    }

    String token() {
        return token;
    }

    /** The certificate that the API server made for itself; clients trust it and nothing else. */
    Path certificate() {
        return folder.resolve("apiserver.crt");
    }

    boolean alive() {
        return supervisors.stream().allMatch(p -> p.descendants().findAny().isPresent());
    }

    /** The last lines of both logs, for the message of a failed start. */
    String logs() {
        var text = new StringBuilder();
        for (var program : List.of("etcd", "kube-apiserver")) {
            var log = folder.resolve(program + ".log");
            try {
                var lines = Files.readAllLines(log);
                text.append(log).append('\n');
                lines.stream().skip(Math.max(0, lines.size() - 20)).forEach(l -> text.append(l)
                        .append('\n'));
            } catch (IOException e) {
                text.append(log).append(": ").append(e).append('\n');
            }
        }
        return text.toString();
    }

    /** Ends both processes and waits until they and their files are gone. */
    void stop() {
        for (var supervisor : supervisors.reversed()) {
            try {
                supervisor.getOutputStream().close();
                supervisor.waitFor();
            } catch (IOException e) {
                supervisor.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                supervisor.destroyForcibly();
            }
        }
        supervisors.clear();
    }

    private void supervise(String program, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of("sh", "-c", script(), "supervise", folder.toString()));
        command.add(Tools.program(program).toString());
        command.addAll(arguments);
        supervisors.add(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private List<String> etcdArguments() {
        var client = "http://127.0.0.1:" + etcdPort;
        var peer = "http://127.0.0.1:" + etcdPeerPort;
        return List.of(
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--unsafe-no-fsync");
    }

    private List<String> apiServerArguments() {
        var key = folder.resolve("service-account.pem");
        return List.of(
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--endpoint-reconciler-type=none",
                "--secure-port=" + apiPort,
                "--cert-dir=" + folder,
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key,
                "--service-cluster-ip-range=10.0.0.0/24",
                "--enable-priority-and-fairness=false",
                "--v=1");
    }

    private static String script() throws IOException {
        try (var in = ControlPlane.class.getResourceAsStream("supervise.sh")) {
            if (in == null) {
                throw new IllegalStateException("supervise.sh is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (var i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    private static String privateKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

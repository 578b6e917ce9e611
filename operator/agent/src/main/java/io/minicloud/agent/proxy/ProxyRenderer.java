package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Renders the configuration of HAProxy 3.0.
 *
 * @see <a href="https://docs.haproxy.org/3.0/configuration.html">Configuration manual</a>
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html">What a load
 *     balancer answers by itself</a>
 */
final class ProxyRenderer {
    private static final int CONNECT_SECONDS = 10;

    /** The longest deregistration delay: by then nothing may be left that began before a change. */
    private static final int LONGEST_DELAY_SECONDS = 3600;

    /** What its memory and open files are enough for, each connection of a client having one to a target. */
    private static final int MAX_CONNECTIONS = 7_000;

    private static final int UNAVAILABLE = 503;

    private static final Map<Integer, String> ERRORS = Map.of(
            400, "Bad Request",
            408, "Request Time-out",
            500, "Internal Server Error",
            502, "Bad Gateway",
            504, "Gateway Time-out");

    private final String folder;

    /**
     * A renderer.
     *
     * @param folder where HAProxy sees its files
     */
    ProxyRenderer(String folder) {
        this.folder = folder;
    }

    /**
     * The configuration.
     *
     * @param digest by which a process that runs with it is known
     * @throws IllegalArgumentException when a text cannot be what it is to be
     */
    String render(ProxySpec spec, String digest) {
        var lines = new ArrayList<String>();
        lines.addAll(List.of(
                "global",
                "  description " + digest,
                "  maxconn " + MAX_CONNECTIONS,
                "  max-spread-checks 500ms",
                "  hard-stop-after " + LONGEST_DELAY_SECONDS + "s",
                "  server-state-file " + folder + "/" + StateFile.NAME));
        defaults("tcp", spec, lines);
        defaults("http", spec, lines);
        lines.addAll(List.of(
                "  option idle-close-on-response",
                "  timeout http-request " + spec.idleTimeoutSeconds() + "s",
                "  timeout http-keep-alive " + spec.idleTimeoutSeconds() + "s"));
        ERRORS.keySet().stream()
                .sorted()
                .forEach(status -> lines.add(error(status, "string", status + " " + ERRORS.get(status))));
        // After a try to connect there is a target that does not answer, which is another error for clients.
        lines.add(
                error(UNAVAILABLE, "lf-string", "%[txn.conn_retries,iif(502 Bad Gateway,503 Service Temporarily Unavailable)]"));
        lines.add("backend " + Actions.NOBODY + " from http");
        var listeners = new ListenerRenderer(spec, folder);
        spec.listeners().forEach(listener -> lines.addAll(listeners.render(listener)));
        spec.targetGroups().forEach(group -> lines.addAll(TargetGroupRenderer.render(group)));
        return String.join("\n", lines) + "\n";
    }

    /** The same without targets: what cannot be changed while it runs. */
    static ProxySpec frame(ProxySpec spec) {
        return new ProxySpec(
                spec.listeners(),
                spec.targetGroups().stream().map(ProxyRenderer::frame).toList(),
                spec.idleTimeoutSeconds(),
                spec.keepAliveSeconds(),
                spec.http2(),
                spec.forwardedFor());
    }

    /** With its checks and its slow start, which the lines of its targets repeat. */
    private static ProxyTargetGroup frame(ProxyTargetGroup group) {
        return new ProxyTargetGroup(
                group.targetGroupId(),
                group.protocol(),
                group.algorithm(),
                group.stickiness(),
                group.slowStartSeconds(),
                group.healthCheck(),
                List.of(new ProxyTargetGroup.Target("0.0.0.0", 1, false)));
    }

    private static void defaults(String mode, ProxySpec spec, List<String> lines) {
        lines.addAll(List.of(
                "defaults " + mode,
                "  mode " + mode,
                "  load-server-state-from-file global",
                "  timeout connect " + CONNECT_SECONDS + "s",
                "  timeout client " + spec.idleTimeoutSeconds() + "s",
                "  timeout server " + spec.idleTimeoutSeconds() + "s",
                "  timeout tunnel " + spec.idleTimeoutSeconds() + "s"));
    }

    private static String error(int status, String kind, String text) {
        var page =
                "<html>\\r\\n<head><title>%1$s</title></head>\\r\\n<body>\\r\\n<center><h1>%1$s</h1></center>\\r\\n</body>\\r\\n</html>\\r\\n"
                        .formatted(text);
        return "  http-error status %d content-type text/html %s \"%s\" hdr Server awselb/2.0"
                .formatted(status, kind, page);
    }
}

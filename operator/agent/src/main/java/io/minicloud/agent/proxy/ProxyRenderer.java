package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import java.util.ArrayList;
import java.util.List;

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
                "  server-state-file " + folder + "/" + StateFile.NAME,
                "  stats socket " + ProxyFolder.SOCKETS + "/" + ProxyFolder.WORKER + " mode 600 level operator",
                "  stats timeout " + (spec.accessLog() == null ? WorkerSession.IDLE : AccessLogRenderer.IDLE)));
        if (spec.targetGroups().stream().anyMatch(TargetGroupRenderer::isTransparent)) {
            lines.add("  setcap cap_net_raw");
        }
        lines.addAll(AccessLogRenderer.global(spec));
        lines.addAll(FigureTable.section());
        defaults("tcp", spec, lines);
        defaults("http", spec, lines);
        lines.addAll(List.of(
                "  option idle-close-on-response",
                "  timeout http-request " + spec.idleTimeoutSeconds() + "s",
                "  timeout http-keep-alive " + spec.idleTimeoutSeconds() + "s"));
        ErrorFiles.STATUSES.forEach(
                status -> lines.add("  errorfile " + status + " " + folder + "/" + ErrorFiles.name(status)));
        // After a try to connect there is a target that does not answer, which is another error for clients.
        var late = "%[txn.conn_retries,iif(502 Bad Gateway,503 Service Temporarily Unavailable)]";
        lines.add("  http-error status 503 content-type text/html lf-string \"" + Word.of(ErrorFiles.page(late))
                + "\" hdr Server awselb/2.0");
        var listeners = new ListenerRenderer(spec, folder);
        spec.listeners().stream()
                .filter(listener -> !listener.protocol().equals("UDP"))
                .forEach(listener -> lines.addAll(listeners.render(listener)));
        // After the listeners, as all backends: what HAProxy says of an answer it then says in the order in which it is
        // counted.
        lines.add("backend " + Actions.NOBODY + " from http");
        lines.add(FigureTable.nobody(Actions.NOBODY));
        spec.targetGroups().forEach(group -> lines.addAll(TargetGroupRenderer.render(group)));
        return String.join("\n", lines) + "\n";
    }

    /** The same without targets: what cannot be changed while it runs. */
    static ProxySpec frame(ProxySpec spec) {
        return spec.withTargetGroups(
                spec.targetGroups().stream().map(ProxyRenderer::frame).toList());
    }

    /** With its checks and its slow start, which the lines of its targets repeat. */
    private static ProxyTargetGroup frame(ProxyTargetGroup group) {
        return group.withTargets(List.of(new ProxyTargetGroup.Target("0.0.0.0", 1, false)));
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
}

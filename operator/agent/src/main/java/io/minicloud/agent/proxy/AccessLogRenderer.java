package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import java.util.List;
import java.util.Optional;

/**
 * Renders how HAProxy tells of each request, one line for the agent. The lines wait in a ring in memory, so that a new agent finds what
 * was said while there was none. What a client sent is in base64: no text ends a line or a field. A line that does not fit into a buffer
 * of 16 KiB would be lost, so long texts are cut.
 *
 * @see <a href="https://docs.haproxy.org/3.0/configuration.html#8.2.6">Custom log format</a>
 * @see <a href="https://docs.haproxy.org/3.0/management.html#9.3-show%20events">show events</a>
 */
final class AccessLogRenderer {
    /** How long HAProxy waits for a word of the agent, which only listens while nothing is asked of the load balancer. */
    static final String IDLE = "1d";

    /** The ring's name, by which the agent asks for it. */
    private static final String RING = "access";

    private static final int RING_BYTES = 16 << 20;
    private static final int LINE_BYTES = 16_000;

    private static final int URL_BYTES = 6_000;
    private static final int USER_AGENT_BYTES = 3_000;
    private static final int TRACE_BYTES = 300;
    private static final int HOST_BYTES = 255;
    private static final int LOCATION_BYTES = 1_200;

    private AccessLogRenderer() {}

    /** The socket at which the agent reads, among the global lines, and the ring after them; nothing without a log. */
    static List<String> global(ProxySpec spec) {
        return spec.accessLog() == null
                ? List.of()
                : List.of(
                        "  stats socket " + ProxyFolder.SOCKETS + "/" + ProxyFolder.LOG + " mode 600 level operator",
                        "ring " + RING,
                        "  format raw",
                        "  maxlen " + LINE_BYTES,
                        "  size " + RING_BYTES);
    }

    /** What a listener tells; nothing without a log, and of connections only those that end encryption here. */
    static List<String> listener(ProxySpec spec, ProxyListener listener) {
        if (spec.accessLog() == null) {
            return List.of();
        }
        return switch (listener.protocol()) {
            case "HTTP", "HTTPS" -> requests(listener);
            case "TLS" -> connections(listener);
            default -> List.of();
        };
    }

    /** A test that is always met, and reached only when those before it are: it notes the rule. Nothing without a log. */
    static String noted(ProxySpec spec, int priority) {
        return spec.accessLog() == null ? "" : " { int(" + priority + "),set-var(txn.logrule) -m found }";
    }

    /** Notes the rule that was looked up; one that is tried, before it in the order, is noted later. Nothing without a log. */
    static List<String> found(ProxySpec spec, Optional<String> priority) {
        return spec.accessLog() == null
                ? List.of()
                : priority.stream()
                        .map(sample -> "  http-request set-var(txn.logrule) " + sample)
                        .toList();
    }

    private static List<String> requests(ProxyListener listener) {
        return List.of(
                "  log ring@" + RING + " len " + LINE_BYTES + " local0",
                "  tcp-request session set-var(sess.log) uuid(4),regsub(-,,g)",
                "  http-request set-var(txn.loghost) " + text("req.fhdr(host)", HOST_BYTES),
                "  http-request set-var(txn.logurl) " + text("pathq", URL_BYTES),
                "  http-request set-var(txn.logagent) " + text("req.fhdr(user-agent)", USER_AGENT_BYTES),
                "  http-request set-var(txn.logtrace) " + text("req.fhdr(x-amzn-trace-id)", TRACE_BYTES),
                "  http-response set-var(txn.logstatus) status",
                "  http-after-response set-var(txn.loglocation) " + text("res.fhdr(location)", LOCATION_BYTES)
                        + " unless { var(txn.answered) -m found }",
                "  log-format \"minicloud-http %lc " + listener.port() + " " + listener.protocol()
                        + " %[date(0,us)] %[request_date(us)] %[accept_date(us)] %ci:%cp %si:%sp %TR %Tw %Tc %Tr"
                        + " %ST %[var(txn.logstatus)] %U %B %HM %HV %b %ts %[var(txn.logrule)]"
                        + " %sslc %sslv %[ssl_fc_is_resumed] " + "%[ssl_fc_sni,base64] %[var(sess.log)] %fi"
                        + " %[var(txn.loghost)] %[var(txn.logurl)] %[var(txn.logagent)] %[var(txn.logtrace)]"
                        + " %[var(txn.loglocation)]\"");
    }

    private static List<String> connections(ProxyListener listener) {
        return List.of(
                "  log ring@" + RING + " len " + LINE_BYTES + " local0",
                "  option dontlognull",
                "  log-format \"minicloud-tls %lc " + listener.port()
                        + " %[date(0,us)] %[accept_date(us)] %ci:%cp %fi:%fp %Tt %Th %U %B %sslc %sslv"
                        + " %[ssl_fc_sni,base64]\"");
    }

    private static String text(String sample, int bytes) {
        return sample + ",bytes(0," + bytes + "),base64";
    }
}

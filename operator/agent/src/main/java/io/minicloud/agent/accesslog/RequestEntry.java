package io.minicloud.agent.accesslog;

import java.util.List;
import java.util.stream.Stream;

/**
 * From a line of a proxy to the entry of an application load balancer's log. Pure. What is not known is {@code -}: the certificate, why
 * an action failed, and how a request that breaks the rules of HTTP is classified.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html#access-log-entry-format">Access
 *     log entries</a>
 */
final class RequestEntry {
    private static final String BAD = "<BADREQ>";
    private static final String NONE = LogText.NONE;
    private static final String UPGRADED = "101";

    /** AWS: the client closed the connection before the answer. */
    private static final String CLIENT_CLOSED = "460";

    private final RequestLine line;
    private final LogNames names;

    RequestEntry(RequestLine line, LogNames names) {
        this.line = line;
        this.names = names;
    }

    /** The entry, without an end of line. */
    String render() {
        var target = target();
        return String.join(
                " ",
                List.of(
                        type(),
                        LogText.micros(line.ended()),
                        names.loadBalancer(),
                        line.client(),
                        target,
                        times(),
                        status(),
                        line.targetStatus(),
                        line.received(),
                        line.sent(),
                        quoted(request()),
                        quoted(LogText.sent(line.userAgent())),
                        line.cipher(),
                        line.protocol(),
                        names.targetGroupArns().getOrDefault(line.backend(), NONE),
                        quoted(LogText.sent(line.trace())),
                        quoted(LogText.sent(line.serverName())),
                        quoted(line.resumed().equals("1") ? "session-reused" : NONE),
                        rule(),
                        LogText.micros(begun()),
                        quoted(action()),
                        quoted(LogText.sent(line.location())),
                        quoted(NONE),
                        quoted(target),
                        quoted(line.targetStatus()),
                        quoted(NONE),
                        quoted(NONE),
                        "TID_" + line.connection(),
                        quoted(NONE),
                        quoted(NONE),
                        quoted(NONE)));
    }

    /** Of what is no request HAProxy knows only when it was over. */
    private String begun() {
        return Stream.of(line.begun(), line.accepted(), line.ended())
                .filter(time -> !time.equals(NONE))
                .findFirst()
                .orElse(NONE);
    }

    private String type() {
        if (line.status().equals(UPGRADED)) {
            return line.isEncrypted() ? "wss" : "ws";
        }
        return line.version().equals("HTTP/2.0") ? "h2" : line.scheme();
    }

    private String target() {
        return line.target().startsWith("-") || line.target().endsWith(":0") ? NONE : line.target();
    }

    /** AWS: −1 when the request reached no target, or none answered. */
    private String times() {
        if (line.targetStatus().equals(NONE)) {
            return "-1 -1 -1";
        }
        long before = Math.max(0, line.reading()) + Math.max(0, line.waiting()) + Math.max(0, line.connecting());
        return LogText.duration(before) + " " + LogText.duration(Math.max(0, line.answering())) + " 0.000";
    }

    private String status() {
        if (!line.status().startsWith("-") && !line.status().equals("0")) {
            return line.status();
        }
        return line.end().startsWith("C") ? CLIENT_CLOSED : NONE;
    }

    private String request() {
        if (isBad()) {
            return "- %s://%s:%s- -".formatted(line.scheme(), line.address(), line.port());
        }
        var host = LogText.sent(line.host());
        var named = host.equals(NONE) ? line.address() : host;
        var port = named.indexOf(':') < 0 || named.endsWith("]") ? ":" + line.port() : "";
        var path = LogText.sent(line.url());
        return "%s %s://%s%s%s %s"
                .formatted(line.method(), line.scheme(), named, port, path.equals(NONE) ? "" : path, line.version());
    }

    /** AWS: 0 for the default action. */
    private String rule() {
        if (isBad() || !isDecided()) {
            return NONE;
        }
        return line.rule().equals(NONE) ? "0" : line.rule();
    }

    private String action() {
        if (isBad() || !isDecided()) {
            return NONE;
        }
        if (!line.backend().startsWith("listener-")) {
            return "forward";
        }
        return line.location().equals(NONE) ? "fixed-response" : "redirect";
    }

    /** A request that no rule has seen is still the listener's. */
    private boolean isDecided() {
        return !line.backend().equals("listener-" + line.port());
    }

    private boolean isBad() {
        return line.method().equals(BAD);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}

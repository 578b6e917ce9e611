package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyAction;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxyRule;
import io.minicloud.api.host.ProxySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Renders a listener with its rules. The first line that chooses a backend decides; none after it is looked at.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html">X-Forwarded headers</a>
 */
final class ListenerRenderer {
    /** The time in seconds and 96 bits by lot. */
    private static final String TRACE = "1-%{+X}Ts-%[uuid(4),regsub(-,,g),bytes(0,24)]";

    private final ProxySpec spec;
    private final String folder;

    /**
     * A renderer.
     *
     * @param spec the whole proxy
     * @param folder where HAProxy sees its files
     */
    ListenerRenderer(ProxySpec spec, String folder) {
        this.spec = spec;
        this.folder = folder;
    }

    /** The name of the file with a listener's certificates. */
    static String certificateList(ProxyListener listener) {
        return "listener-" + listener.port() + ".list";
    }

    /** The frontend and the backends of its own answers. */
    List<String> render(ProxyListener listener) {
        var http = listener.protocol().startsWith("HTTP");
        var lines = new ArrayList<String>();
        lines.add("frontend listener-" + listener.port() + " from " + (http ? "http" : "tcp"));
        lines.add("  bind 0.0.0.0:" + listener.port() + (listener.tls() == null ? "" : tls(listener, listener.tls())));
        if (http) {
            lines.addAll(requests(listener));
        }
        lines.addAll(AccessLogRenderer.listener(spec, listener));
        var backends = new ArrayList<String>();
        rules(listener, lines, backends);
        add(listener, listener.defaultAction(), "", "listener-" + listener.port() + "-default", lines, backends);
        lines.addAll(backends);
        return lines;
    }

    /** Those that can be looked up are; each of the others is tried unless one before it was found. */
    private void rules(ProxyListener listener, List<String> lines, List<String> backends) {
        var rules = listener.rules() == null ? List.<ProxyRule>of() : listener.rules();
        var maps = new RuleMaps(listener);
        lines.addAll(maps.search(folder));
        lines.addAll(AccessLogRenderer.found(spec, maps.priority(folder)));
        for (int position = 0; position < rules.size(); position++) {
            var rule = rules.get(position);
            if (maps.hold(position)) {
                check(rule);
                backends.addAll(Actions.backend(rule.action(), maps.own(position), scheme(listener)));
            } else {
                var test = Conditions.render(rule.conditions()) + AccessLogRenderer.noted(spec, rule.priority());
                add(listener, rule.action(), maps.guard(position) + test, maps.own(position), lines, backends);
            }
        }
        lines.addAll(maps.choices());
    }

    /** HAProxy does not check a name that it looks up: of one that is not there it would make the default. */
    private void check(ProxyRule rule) {
        var forward = rule.action().forward();
        var groups = forward == null ? List.<ProxyAction.Weighted>of() : forward.targetGroups();
        for (var group : groups) {
            if (spec.targetGroups().stream()
                    .noneMatch(known -> known.targetGroupId().equals(group.targetGroupId())
                            && known.protocol().startsWith("HTTP"))) {
                throw new IllegalArgumentException("rule %d leads to %s, which is no target group of HTTP of this proxy"
                        .formatted(rule.priority(), group.targetGroupId()));
            }
        }
    }

    private static void add(
            ProxyListener listener,
            ProxyAction action,
            String test,
            String own,
            List<String> lines,
            List<String> backends) {
        lines.addAll(Actions.choice(action, test, own));
        backends.addAll(Actions.backend(action, own, scheme(listener)));
    }

    private String tls(ProxyListener listener, ProxyListener.Tls tls) {
        boolean http2 = spec.http2() && listener.protocol().equals("HTTPS");
        return " ssl crt-list " + folder + "/" + certificateList(listener) + " ssl-min-ver " + tls.minimumVersion()
                + option(" ssl-max-ver ", tls.maximumVersion())
                + option(" ciphers ", tls.ciphers())
                + option(" ciphersuites ", tls.cipherSuites())
                + (listener.protocol().equals("HTTPS") ? " alpn " + (http2 ? "h2," : "") + "http/1.1" : "");
    }

    private static String option(String name, @Nullable String value) {
        return value == null || value.isEmpty() ? "" : name + Word.of(value);
    }

    private List<String> requests(ProxyListener listener) {
        var lines = new ArrayList<String>();
        if (listener.protocol().equals("HTTP")) {
            lines.add("  option disable-h2-upgrade");
        }
        lines.add("  tcp-request session set-var(sess.begun) date");
        lines.addAll(forwardedFor());
        lines.add("  http-request set-header X-Forwarded-Proto " + scheme(listener));
        lines.add("  http-request set-header X-Forwarded-Port " + listener.port());
        lines.add("  http-request set-header X-Amzn-Trace-Id \"Self=" + TRACE + ";%[req.fhdr(X-Amzn-Trace-Id)]\""
                + " if { req.fhdr(X-Amzn-Trace-Id) -m sub Root= }");
        lines.add("  http-request set-header X-Amzn-Trace-Id Root=" + TRACE
                + " unless { req.fhdr(X-Amzn-Trace-Id) -m sub Root= }");
        lines.add("  http-response set-var(txn.answered) bool(true)");
        // One who refuses is a bad gateway; one who does not answer at all is too late.
        lines.add("  http-after-response set-var-fmt(txn.end) %ts if { status 503 }");
        lines.add("  http-after-response set-status 504 reason \"Gateway Time-out\" if { status 503 }"
                + " { var(txn.end) -m str sC } !{ var(txn.answered) -m found }");
        lines.add("  http-after-response set-status 502 reason \"Bad Gateway\" if { status 503 }"
                + " { txn.conn_retries gt 0 } !{ var(txn.answered) -m found }");
        lines.addAll(FigureTable.listener());
        lines.addAll(GroupCookies.of(listener));
        lines.add("  http-after-response set-header Connection close if { date,sub(sess.begun) gt "
                + spec.keepAliveSeconds() + " }");
        return lines;
    }

    private List<String> forwardedFor() {
        return switch (spec.forwardedFor()) {
            case "Append" ->
                List.of(
                        "  http-request set-header X-Forwarded-For \"%[req.fhdr(X-Forwarded-For)], %[src]\""
                                + " if { req.fhdr_cnt(X-Forwarded-For) eq 1 }",
                        "  http-request add-header X-Forwarded-For %[src] unless { req.fhdr_cnt(X-Forwarded-For) eq 1 }");
            case "Remove" -> List.of("  http-request del-header X-Forwarded-For");
            default -> List.of();
        };
    }

    private static String scheme(ProxyListener listener) {
        return listener.protocol().toLowerCase(Locale.ROOT);
    }
}

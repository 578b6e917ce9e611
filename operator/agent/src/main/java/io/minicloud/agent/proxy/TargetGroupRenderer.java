package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyTargetGroup;
import io.minicloud.api.host.ProxyTargetGroup.HealthCheck;
import io.minicloud.api.host.ProxyTargetGroup.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Renders a target group. Each target stands there twice, the second time as a spare that nothing checks: those get requests while none
 * of the first is healthy.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html">Target groups</a>
 */
final class TargetGroupRenderer {
    private static final String APPLICATION_COOKIE = "AWSALBAPP-0";
    private static final String PROXY_COOKIE = "AWSALB";
    private static final String CROSS_SITE_COOKIE = "AWSALBCORS";

    private TargetGroupRenderer() {}

    /** The backend with its targets. */
    static List<String> render(ProxyTargetGroup group) {
        var lines = new ArrayList<String>();
        var http = isHttp(group);
        lines.add("backend " + group.targetGroupId() + " from " + (http ? "http" : "tcp"));
        lines.add("  balance " + balance(group));
        lines.add("  option allbackups");
        lines.add("  option redispatch 1");
        lines.add("  retries 1");
        if (isTransparent(group)) {
            // A check has no client and comes from the proxy.
            lines.add("  source 0.0.0.0 usesrc client");
        }
        lines.addAll(check(group.healthCheck()));
        lines.addAll(FigureTable.group(group, http));
        if (http) {
            lines.addAll(stickiness(group.stickiness()));
        }
        for (var target : group.targets()) {
            lines.add("  server " + TargetName.TARGET + server(group, target));
            if (!isDraining(target)) {
                lines.add("  server " + TargetName.SPARE + spare(group, target));
            }
        }
        return lines;
    }

    /** A target as its line and the command that adds it say it, without the letter before its name. */
    static String server(ProxyTargetGroup group, Target target) {
        var check = group.healthCheck();
        return address(group, target)
                + " check inter %ds rise %d fall %d"
                        .formatted(check.intervalSeconds(), check.healthyThreshold(), check.unhealthyThreshold())
                + (check.port() == null ? "" : " port " + check.port())
                + checkEncryption(group)
                + (isAnnounced(group) ? " check-send-proxy" : "")
                + (group.slowStartSeconds() == null ? "" : " slowstart " + group.slowStartSeconds() + "s")
                + (isDraining(target) ? " disabled" : "");
    }

    /** Its spare likewise. */
    static String spare(ProxyTargetGroup group, Target target) {
        return address(group, target) + " backup";
    }

    /** Whether a target gets nothing new. */
    static boolean isDraining(Target target) {
        return Boolean.TRUE.equals(target.draining());
    }

    private static String address(ProxyTargetGroup group, Target target) {
        return TargetName.of(group, target) + " " + target.address() + ":" + target.port()
                + (isAnnounced(group) ? " send-proxy-v2" : "")
                + (isEncrypted(group) ? " ssl verify none" : "");
    }

    /** Whether targets are spoken with under the addresses of clients; those of UDP are only checked here. */
    static boolean isTransparent(ProxyTargetGroup group) {
        return Boolean.TRUE.equals(group.preserveClientAddress());
    }

    /** A check says that it is the proxy's own; AWS sends the header with checks too, also to another port. */
    private static boolean isAnnounced(ProxyTargetGroup group) {
        return Boolean.TRUE.equals(group.proxyProtocol());
    }

    private static String checkEncryption(ProxyTargetGroup group) {
        boolean encrypted = group.healthCheck().protocol().equals("HTTPS");
        if (encrypted) {
            return " check-ssl";
        }
        return isEncrypted(group) ? " no-check-ssl" : "";
    }

    private static boolean isHttp(ProxyTargetGroup group) {
        return group.protocol().startsWith("HTTP");
    }

    private static boolean isEncrypted(ProxyTargetGroup group) {
        return group.protocol().equals("HTTPS") || group.protocol().equals("TLS");
    }

    private static String balance(ProxyTargetGroup group) {
        var stickiness = group.stickiness();
        if (stickiness != null && stickiness.type().equals("SourceIp")) {
            // By the address alone: the same on every node and after every change.
            return "source\n  hash-type consistent";
        }
        return switch (group.algorithm()) {
            case "LeastOutstandingRequests" -> "leastconn";
            case "Random" -> "random";
            default -> "roundrobin";
        };
    }

    private static List<String> check(HealthCheck check) {
        var timeout = "  timeout check " + check.timeoutSeconds() + "s";
        if (check.protocol().equals("TCP")) {
            return List.of(timeout);
        }
        return List.of(
                timeout,
                "  option httpchk",
                "  http-check send meth GET uri \"%s\" ver HTTP/1.1 hdr Host %%[dst] hdr User-Agent ELB-HealthChecker/2.0 hdr Connection close"
                        .formatted(Word.header(check.path() == null ? "/" : check.path())),
                "  http-check expect status " + (check.matcher() == null ? "200" : check.matcher()));
    }

    /** The cookie names the target and is given anew with every answer, as AWS does it. */
    private static List<String> stickiness(ProxyTargetGroup.@Nullable Stickiness stickiness) {
        if (stickiness == null || stickiness.type().equals("SourceIp")) {
            return List.of();
        }
        return stickiness.type().equals("ProxyCookie")
                ? ownCookies(stickiness.durationSeconds())
                : List.of(
                        use(APPLICATION_COOKIE) + " { req.cook(" + stickiness.cookieName() + ") -m found }",
                        give(APPLICATION_COOKIE, stickiness.durationSeconds(), "") + " if { res.cook("
                                + stickiness.cookieName() + ") -m found }");
    }

    /** The second one says the same to those who ask from the page of another site. */
    private static List<String> ownCookies(int seconds) {
        return List.of(
                use(PROXY_COOKIE),
                use(CROSS_SITE_COOKIE) + " !{ req.cook(" + PROXY_COOKIE + ") -m found }",
                give(PROXY_COOKIE, seconds, ""),
                give(CROSS_SITE_COOKIE, seconds, CrossSite.CLEAR) + " unless { ssl_fc }",
                give(CROSS_SITE_COOKIE, seconds, CrossSite.ENCRYPTED) + " if { ssl_fc }");
    }

    private static String use(String cookie) {
        return "  use-server %s%%[req.cook(%s)] if { req.cook(%s) -m found }"
                .formatted(TargetName.TARGET, cookie, cookie);
    }

    private static String give(String cookie, int seconds, String more) {
        return "  http-response add-header Set-Cookie \"%s=%%[srv_name,bytes(1)]; Expires=%%[date(%d),http_date]; Path=/%s\""
                .formatted(cookie, seconds, more);
    }
}

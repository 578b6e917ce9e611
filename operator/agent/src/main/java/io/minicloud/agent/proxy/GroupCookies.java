package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyAction;
import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxyRule;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The cookies by which a client stays with a target group: where any action asks for that, the one that it sends stands in txn.kept, and
 * one for txn.group, if that is set, goes with the answer. The second of each says the same to pages of other sites. Pure.
 */
final class GroupCookies {
    private static final String OWN = "AWSALBTG";
    private static final String CROSS_SITE = "AWSALBTGCORS";

    private GroupCookies() {}

    /** The lines of a listener. */
    static List<String> of(ProxyListener listener) {
        return isAsked(listener)
                ? List.of(
                        "  http-request set-var(txn.kept) req.cook(" + OWN + ")",
                        "  http-request set-var(txn.kept) req.cook(" + CROSS_SITE + ") unless { req.cook(" + OWN
                                + ") -m found }",
                        give(OWN, ""),
                        give(CROSS_SITE, listener.protocol().equals("HTTPS") ? CrossSite.ENCRYPTED : CrossSite.CLEAR))
                : List.of();
    }

    private static String give(String cookie, String more) {
        return "  http-after-response add-header Set-Cookie \"" + cookie
                + "=%[var(txn.group)]; Expires=%[date,add(txn.groupfor),http_date]; Path=/" + more
                + "\" if { var(txn.group) -m found }";
    }

    private static boolean isAsked(ProxyListener listener) {
        var ofRules = Stream.ofNullable(listener.rules()).flatMap(List::stream).map(ProxyRule::action);
        return Stream.concat(ofRules, Stream.of(listener.defaultAction()))
                .map(ProxyAction::forward)
                .filter(Objects::nonNull)
                .anyMatch(forward -> forward.stickinessSeconds() != null);
    }
}

package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Renders what is done with a request: the lines of a listener that choose, and a backend of its own for an answer of the proxy's.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html">Action types</a>
 */
final class Actions {
    /** The backend without targets. */
    static final String NOBODY = "nobody";

    private Actions() {}

    /**
     * The lines of a listener that choose.
     *
     * @param test when; empty for always
     * @param own the name of the backend for an answer of its own
     */
    static List<String> choice(ProxyAction action, String test, String own) {
        if (action.forward() == null) {
            return List.of(line(own, test));
        }
        var forward = action.forward();
        var groups = shared(forward);
        if (groups.isEmpty()) {
            return List.of(line(NOBODY, test));
        }
        var lines = new ArrayList<String>();
        if (forward.stickinessSeconds() != null) {
            for (var group : groups) {
                var kept = "{ var(txn.kept) -m str " + TargetName.ofGroup(group.targetGroupId()) + " }";
                lines.add(line(group.targetGroupId(), join(test, join(kept, noted(group, forward)))));
            }
        }
        int rest = groups.stream().mapToInt(ProxyAction.Weighted::weight).sum();
        for (var group : groups) {
            // Each is drawn from those that are left, so that the shares are exact however many there are.
            var drawn = group == groups.getLast() ? "" : "{ rand(" + rest + ") lt " + group.weight() + " }";
            lines.add(line(group.targetGroupId(), join(join(test, drawn), noted(group, forward))));
            rest -= group.weight();
        }
        return lines;
    }

    /** The only backend that it leads to; empty when one is drawn, or noted for the client. */
    static Optional<String> destination(ProxyAction action, String own) {
        if (action.forward() == null) {
            return Optional.of(own);
        }
        var groups = shared(action.forward());
        if (groups.isEmpty()) {
            return Optional.of(NOBODY);
        }
        return groups.size() == 1 && action.forward().stickinessSeconds() == null
                ? Optional.of(groups.getFirst().targetGroupId())
                : Optional.empty();
    }

    private static List<ProxyAction.Weighted> shared(ProxyAction.Forward forward) {
        return forward.targetGroups().stream()
                .filter(group -> group.weight() > 0)
                .toList();
    }

    /** The backend of an answer of the proxy's own, empty when the action hands on. */
    static List<String> backend(ProxyAction action, String own, String scheme) {
        if (action.redirect() != null) {
            return redirect(action.redirect(), own, scheme);
        }
        return action.fixedResponse() == null ? List.of() : fixed(action.fixedResponse(), own);
    }

    /** What the answer's cookie is made of; a test that is always met, and reached only when those before it are. */
    private static String noted(ProxyAction.Weighted group, ProxyAction.Forward forward) {
        return forward.stickinessSeconds() == null
                ? ""
                : "{ str(%s),set-var(txn.group) -m found } { int(%d),set-var(txn.groupfor) -m found }"
                        .formatted(TargetName.ofGroup(group.targetGroupId()), forward.stickinessSeconds());
    }

    private static List<String> redirect(ProxyAction.Redirect redirect, String own, String scheme) {
        var location = "%s://%s:%s%s%%[var(txn.tail)]"
                .formatted(
                        redirect.protocol().equals("#{protocol}")
                                ? scheme
                                : redirect.protocol().toLowerCase(Locale.ROOT),
                        filled(redirect.host(), scheme),
                        filled(redirect.port(), scheme),
                        filled(redirect.path(), scheme));
        var lines = new ArrayList<String>();
        if (!redirect.query().isEmpty()) {
            // HAProxy 3.0.11 crashes at a request when the format is empty.
            lines.add("  http-request set-var-fmt(txn.query) \"" + filled(redirect.query(), scheme) + "\"");
            lines.add("  http-request set-var-fmt(txn.tail) \"?%[var(txn.query)]\" if { var(txn.query) -m len gt 0 }");
        }
        lines.add(
                "  http-request return status %d hdr Server awselb/2.0 hdr Date %%[date,http_date] hdr Location \"%s\""
                        .formatted(redirect.statusCode(), location));
        return answer(own, FigureTable.REDIRECTS, lines);
    }

    private static String filled(String template, String scheme) {
        return Word.format(template)
                .replace(placeholder("protocol"), scheme)
                .replace(placeholder("host"), "%[req.hdr(host),host_only]")
                .replace(placeholder("port"), "%[dst_port]")
                .replace(placeholder("path"), "%[path,bytes(1)]")
                .replace(placeholder("query"), "%[query]");
    }

    private static String placeholder(String name) {
        return Word.format("#{" + name + "}");
    }

    private static List<String> fixed(ProxyAction.FixedResponse fixed, String own) {
        var body = fixed.messageBody() == null || fixed.messageBody().isEmpty()
                ? ""
                : " content-type \"%s\" string \"%s\""
                        .formatted(
                                Word.header(fixed.contentType() == null ? "text/plain" : fixed.contentType()),
                                Word.of(fixed.messageBody()));
        return answer(
                own,
                FigureTable.FIXED_RESPONSES,
                List.of("  http-request return status " + fixed.statusCode() + body
                        + " hdr Server awselb/2.0 hdr Date %[date,http_date]"));
    }

    private static List<String> answer(String own, String row, List<String> lines) {
        var all = new ArrayList<>(List.of("backend " + own + " from http"));
        all.addAll(FigureTable.answer(row));
        all.addAll(lines);
        return all;
    }

    private static String line(String backend, String test) {
        return test.isEmpty() ? "  default_backend " + backend : "  use_backend " + backend + " if " + test;
    }

    private static String join(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + " " + second;
    }
}

package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyTargetGroup;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Where a process of HAProxy counts what its own statistics do not tell apart or lose with a target that goes: a row for each target
 * group and each kind of answer of the proxy's own. It is a table of a section of peers, without any, since a table of anything else is
 * emptied as soon as a process is told to end.
 *
 * @see <a href="https://docs.haproxy.org/3.0/configuration.html#11.2">stick-table</a>
 * @see <a href="https://docs.haproxy.org/3.0/configuration.html#4.4-sc-inc-gpc">sc-inc-gpc</a>
 */
final class FigureTable {
    /** Its name. */
    static final String NAME = "own/figures";

    /** The row of redirects. */
    static final String REDIRECTS = "redirects";

    /** The row of fixed responses. */
    static final String FIXED_RESPONSES = "fixed-responses";

    /** What a row has, in the order of its numbers; each of them is modulo 2^32. */
    static final List<Count> COLUMNS = List.copyOf(EnumSet.range(Count.CHOSEN, Count.OWN_504));

    private static final String TARGET_GROUP = "tg-";
    private static final String NOT_ANSWERED = " !{ var(txn.answered) -m found }";
    private static final List<Integer> OWN_CODES = List.of(500, 502, 503, 504);

    private FigureTable() {}

    /** The section that has it. */
    static List<String> section() {
        return List.of(
                "peers own",
                "  disabled",
                "  table figures type string len 24 size 1k nopurge store gpc(" + COLUMNS.size() + ")");
    }

    /** The lines of a listener that speaks HTTP; they stand after those that change a status. */
    static List<String> listener() {
        var lines = new ArrayList<String>();
        for (int hundreds = 3; hundreds <= 5; hundreds++) {
            lines.add(
                    "  http-after-response " + increment(column("OWN_%dXX", hundreds)) + when(hundreds) + NOT_ANSWERED);
        }
        for (var code : OWN_CODES) {
            lines.add("  http-after-response " + increment(column("OWN_%d", code)) + " if { status " + code + " }"
                    + NOT_ANSWERED);
        }
        return lines;
    }

    /** The lines of a backend that answers by itself. */
    static List<String> answer(String row) {
        return List.of("  http-request " + track(row), "  http-request " + increment(Count.CHOSEN));
    }

    /** The line of a backend that answers by itself because there is nobody to ask. */
    static String nobody(String row) {
        return "  http-request " + track(row);
    }

    /** The lines of a target group. */
    static List<String> group(ProxyTargetGroup group, boolean http) {
        var request = http ? "  http-request " : "  tcp-request content ";
        var lines = new ArrayList<>(List.of(
                request + track(group.targetGroupId()),
                request + increment(Count.CHOSEN) + " if { nbsrv gt 0 }",
                request + increment(Count.WITHOUT_TARGET) + " unless { nbsrv gt 0 }"));
        if (http) {
            for (int hundreds = 2; hundreds <= 5; hundreds++) {
                lines.add("  http-response " + increment(column("TARGET_%dXX", hundreds)) + when(hundreds));
            }
            lines.add("  http-response sc-add-gpc(" + COLUMNS.indexOf(Count.MILLISECONDS)
                    + ",0) res.timer.hdr if { status 200:599 }");
        }
        return lines;
    }

    /** Whether a row or a backend is that of a target group. */
    static boolean isGroup(String row) {
        return row.startsWith(TARGET_GROUP);
    }

    private static Count column(String pattern, int number) {
        return Count.valueOf(pattern.formatted(number));
    }

    private static String when(int hundreds) {
        return " if { status %d00:%d99 }".formatted(hundreds, hundreds);
    }

    private static String track(String row) {
        return "track-sc0 str(" + row + ") table " + NAME;
    }

    private static String increment(Count column) {
        return "sc-inc-gpc(" + COLUMNS.indexOf(column) + ",0)";
    }
}

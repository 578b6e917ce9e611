package io.minicloud.agent.proxy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What one process of HAProxy says of itself at one moment.
 *
 * @param id by which it is known among all that ever ran
 * @param startedSeconds when it began, in seconds since 1970
 * @param stopping whether another one has taken over
 * @param over whether nothing is left for it to count
 * @param counters since it began
 * @param clients connections of clients that are there
 * @param targets connections to targets that are there
 * @param servers the targets, by backend and name
 * @see <a href="https://docs.haproxy.org/3.0/management.html#9.1">Statistics</a>
 */
record WorkerReading(
        String id,
        long startedSeconds,
        boolean stopping,
        boolean over,
        Map<Key, Long> counters,
        long clients,
        long targets,
        Map<String, ProxyState.Server> servers) {
    private static final Pattern ROW = Pattern.compile("key=(\\S+) ");
    private static final Pattern CELL = Pattern.compile("gpc(\\d+)=(\\d+)");

    /**
     * What is counted of what.
     *
     * @param row the target group or the kind of answer; empty for all together
     * @param count what
     */
    record Key(String row, Count count) {}

    /** Keeps immutable copies. */
    WorkerReading {
        counters = Map.copyOf(counters);
        servers = Map.copyOf(servers);
    }

    /**
     * Reads what it says.
     *
     * @param info of {@code show info}
     * @param statistics of {@code show stat -1 7 -1}
     * @param table of {@code show table}
     */
    static WorkerReading of(String info, String statistics, String table) {
        var counters = new HashMap<Key, Long>();
        rows(table, counters);
        long clients = 0;
        long targets = 0;
        var lines = statistics.lines().filter(line -> !line.isBlank()).toList();
        var columns = new Columns(lines.isEmpty() ? "" : lines.getFirst());
        for (var line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            var row = columns.row(line);
            switch (row.text("svname")) {
                case "FRONTEND" -> {
                    listener(row, counters);
                    clients += row.number("scur");
                }
                case "BACKEND" -> backend(row, counters);
                default -> targets += row.number("used_conn_cur") + row.number("srv_icur");
            }
        }
        boolean stopping = number(info, "Stopping") == 1;
        return new WorkerReading(
                number(info, "Pid") + "/" + number(info, "Start_time_sec"),
                number(info, "Start_time_sec"),
                stopping,
                stopping && number(info, "CurrConns") == 0,
                counters,
                clients,
                targets,
                ProxyState.servers(statistics));
    }

    /** Two threads that count at once in a row that is not there yet may make it twice; both count. */
    private static void rows(String table, Map<Key, Long> counters) {
        for (var line : table.lines().toList()) {
            var row = ROW.matcher(line);
            if (row.find()) {
                var cells = CELL.matcher(line);
                while (cells.find()) {
                    var count = FigureTable.COLUMNS.get(Integer.parseInt(cells.group(1)));
                    add(counters, row.group(1), count, Long.parseLong(cells.group(2)));
                }
            }
        }
    }

    private static void listener(Row row, Map<Key, Long> counters) {
        add(counters, "", Count.CONNECTIONS, row.number("conn_tot"));
        add(counters, "", Count.FAILED_HANDSHAKES, row.number("ssl_failed_handshake"));
        add(counters, "", Count.ANSWERED_4XX, row.number("hrsp_4xx"));
        add(counters, "", Count.ANSWERED_5XX, row.number("hrsp_5xx"));
    }

    private static void backend(Row row, Map<Key, Long> counters) {
        add(counters, "", Count.ROUTED_4XX, row.number("hrsp_4xx"));
        add(counters, "", Count.ROUTED_5XX, row.number("hrsp_5xx"));
        var name = row.text("pxname");
        if (FigureTable.isGroup(name)) {
            add(counters, name, Count.ATTEMPTS, row.number("connect"));
            var failed = row.number("wretr") + row.number("wredis") + row.number("econ");
            add(counters, name, Count.FAILED_ATTEMPTS, failed);
        }
    }

    private static void add(Map<Key, Long> counters, String row, Count count, long value) {
        counters.merge(new Key(row, count), value, Long::sum);
    }

    private static long number(String info, String key) {
        return info.lines()
                .filter(line -> line.startsWith(key + ": "))
                .map(line -> line.substring(key.length() + 2).strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /** The columns of the statistics, by name: some of them depend on how HAProxy was built. */
    private static final class Columns {
        private final Map<String, Integer> places = new HashMap<>();

        Columns(String header) {
            var names = header.replaceFirst("^# ", "").split(",");
            for (int place = 0; place < names.length; place++) {
                places.putIfAbsent(names[place], place);
            }
        }

        Row row(String line) {
            return new Row(places, Arrays.asList(line.split(",", -1)));
        }
    }

    /**
     * A line of the statistics.
     *
     * @param places of the columns
     * @param cells what stands there
     */
    private record Row(Map<String, Integer> places, List<String> cells) {
        String text(String column) {
            int place = places.getOrDefault(column, cells.size());
            return place < cells.size() ? cells.get(place) : "";
        }

        long number(String column) {
            var text = text(column);
            return text.isEmpty() ? 0 : Long.parseLong(text);
        }
    }
}

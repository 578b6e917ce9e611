package io.minicloud.agent.proxy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the process that serves now says of itself.
 *
 * @param digest of the configuration that it began with
 * @param uptimeSeconds since it began
 * @param servers by backend and name, with a slash between
 * @param serversState its own words, for the next process
 * @param leaving the numbers of processes before it that still end what they began
 */
record ProxyState(
        String digest, int uptimeSeconds, Map<String, Server> servers, String serversState, List<Integer> leaving) {
    private static final String LEAVING = "# old workers";

    private static final int BACKEND = 0;
    private static final int NAME = 1;
    private static final int SESSIONS = 4;
    private static final int STATUS = 17;
    private static final int CHECK = 36;
    private static final int CODE = 37;

    /** Keeps an immutable copy. */
    ProxyState {
        servers = Map.copyOf(servers);
        leaving = List.copyOf(leaving);
    }

    /**
     * A target or its spare.
     *
     * @param status UP, DOWN, MAINT, and how far it is from another
     * @param check how the last check ended; empty before the first
     * @param code what it answered, 0 for nothing
     * @param sessions that go on
     */
    record Server(String status, String check, int code, int sessions) {
        boolean isUp() {
            return status.startsWith("UP") || status.startsWith("NOLB");
        }

        boolean isOff() {
            return status.startsWith("MAINT");
        }

        /** The last check was well; a target that is down may need more of them. */
        boolean isPassed() {
            return check.endsWith("OK");
        }

        boolean isChecked() {
            return !check.isEmpty() && !check.equals("INI");
        }
    }

    /**
     * Reads what it says.
     *
     * @param info of {@code show info}
     * @param stat of {@code show stat -1 4 -1}
     * @param serversState of {@code show servers state}
     * @param processes of {@code show proc}
     */
    static ProxyState of(String info, String stat, String serversState, String processes) {
        return new ProxyState(
                line(info, "description: "),
                number(line(info, "Uptime_sec: ")),
                servers(stat),
                serversState,
                leaving(processes));
    }

    /** The numbers of old processes, from what {@code show proc} gives. */
    static List<Integer> leaving(String processes) {
        return processes
                .lines()
                .dropWhile(line -> !line.startsWith(LEAVING))
                .skip(1)
                .takeWhile(line -> !line.startsWith("#"))
                .filter(line -> !line.isBlank())
                .map(line -> number(line.split("\\s+")[0]))
                .toList();
    }

    /** The process, from what {@code show info} gives. */
    static OptionalLong process(String info) {
        int process = number(line(info, "Pid: "));
        return process == 0 ? OptionalLong.empty() : OptionalLong.of(process);
    }

    /** Whether no client is connected, from what {@code show info} gives; also when it gives nothing. */
    static boolean isIdle(String info) {
        return number(line(info, "CurrConns: ")) == 0;
    }

    /** The servers, from what {@code show stat -1 4 -1} gives. */
    static Map<String, Server> servers(String stat) {
        var servers = new HashMap<String, Server>();
        stat.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).forEach(line -> {
            var fields = line.split(",", -1);
            if (fields.length > CODE) {
                // A star says that a check goes on, which is nothing to know.
                servers.put(
                        fields[BACKEND] + "/" + fields[NAME],
                        new Server(
                                fields[STATUS],
                                fields[CHECK].replace("* ", ""),
                                number(fields[CODE]),
                                number(fields[SESSIONS])));
            }
        });
        return servers;
    }

    private static String line(String info, String key) {
        return info.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .findFirst()
                .orElse("");
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}

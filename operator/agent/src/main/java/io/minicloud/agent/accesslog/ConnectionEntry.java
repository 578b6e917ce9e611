package io.minicloud.agent.accesslog;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * From a line of a proxy to the entry of a network load balancer's log, which knows the connections of its TLS listeners. Pure. What is
 * not known is {@code -}: the client's alert, the certificate, and what it offered by ALPN.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html#access-log-entry-format">Access
 *     log entries</a>
 */
final class ConnectionEntry {
    private static final String BEGIN = "minicloud-tls";
    private static final int FIELDS = 14;
    private static final int PORT = 2;
    private static final int ENDED = 3;
    private static final int ACCEPTED = 4;
    private static final int CLIENT = 5;
    private static final int DESTINATION = 6;
    private static final int TOTAL = 7;
    private static final int HANDSHAKE = 8;
    private static final int RECEIVED = 9;
    private static final int SENT = 10;
    private static final int CIPHER = 11;
    private static final int PROTOCOL = 12;
    private static final int SERVER_NAME = 13;

    private ConnectionEntry() {}

    /** The entry, without an end of line; empty when the line is no such line. */
    static Optional<String> render(String line, LogNames names) {
        var fields = line.split(" ", -1);
        if (fields.length != FIELDS || !fields[0].equals(BEGIN)) {
            return Optional.empty();
        }
        return Optional.of(String.join(
                " ",
                List.of(
                        "tls",
                        "2.0",
                        LogText.seconds(fields[ENDED]),
                        names.loadBalancer(),
                        names.listenerIds().getOrDefault(Integer.valueOf(fields[PORT]), LogText.NONE),
                        fields[CLIENT],
                        fields[DESTINATION],
                        fields[TOTAL],
                        fields[HANDSHAKE].startsWith("-") ? LogText.NONE : fields[HANDSHAKE],
                        fields[RECEIVED],
                        fields[SENT],
                        LogText.NONE,
                        LogText.NONE,
                        LogText.NONE,
                        fields[CIPHER],
                        fields[PROTOCOL].toLowerCase(Locale.ROOT).replace(".", ""),
                        LogText.NONE,
                        LogText.sentName(fields[SERVER_NAME]),
                        LogText.NONE,
                        LogText.NONE,
                        LogText.NONE,
                        LogText.seconds(fields[ACCEPTED]))));
    }
}

package io.minicloud.agent.accesslog;

import java.util.Optional;

/**
 * What a proxy says of a request: one line of 33 fields with blanks between, {@code -} for what there is not.
 *
 * @param begins by which a line of a request is known
 * @param count of the listener, by which it is told from others
 * @param port of the listener
 * @param listenerProtocol HTTP or HTTPS
 * @param ended when the answer ended, in µs since 1970, as all times
 * @param begun when the request began; {@code -}: it was none
 * @param accepted when the connection was accepted
 * @param client address and port
 * @param target address and port; {@code -:-} for none
 * @param read ms until the request was there, −1 if it never was, as all times
 * @param waited ms until a connection was asked for
 * @param connected ms until it was there
 * @param answered ms until the target answered
 * @param status that the client got; 0 or less: none
 * @param targetStatus that the target gave; {@code -} for none
 * @param received bytes
 * @param sent bytes
 * @param method or {@code <BADREQ>}
 * @param version HTTP/1.1 or HTTP/2.0
 * @param backend that was chosen, the listener itself before one was
 * @param end how it ended
 * @param rule priority of the rule that matched; {@code -}: none
 * @param cipher {@code -} without encryption
 * @param protocol likewise, e.g. TLSv1.3
 * @param resumed 1 when the client knew the certificate from before
 * @param serverName that the client named, in base64 as all that it sent
 * @param connection some digits that all requests of a connection share
 * @param address of the listener
 * @param host header
 * @param url path and query
 * @param userAgent header
 * @param trace header, as the target got it
 * @param location header of an answer of the proxy's own
 */
record RequestLine(
        String begins,
        String count,
        String port,
        String listenerProtocol,
        String ended,
        String begun,
        String accepted,
        String client,
        String target,
        String read,
        String waited,
        String connected,
        String answered,
        String status,
        String targetStatus,
        String received,
        String sent,
        String method,
        String version,
        String backend,
        String end,
        String rule,
        String cipher,
        String protocol,
        String resumed,
        String serverName,
        String connection,
        String address,
        String host,
        String url,
        String userAgent,
        String trace,
        String location) {
    private static final String BEGIN = "minicloud-http";
    private static final int FIELDS = 33;

    /** Reads a line; empty when it is none of these. */
    static Optional<RequestLine> parse(String text) {
        var fields = text.split(" ", -1);
        if (fields.length != FIELDS || !fields[0].equals(BEGIN)) {
            return Optional.empty();
        }
        return Optional.of(new RequestLine(
                fields[0],
                fields[1],
                fields[2],
                fields[3],
                fields[4],
                fields[5],
                fields[6],
                fields[7],
                fields[8],
                fields[9],
                fields[10],
                fields[11],
                fields[12],
                fields[13],
                fields[14],
                fields[15],
                fields[16],
                fields[17],
                fields[18],
                fields[19],
                fields[20],
                fields[21],
                fields[22],
                fields[23],
                fields[24],
                fields[25],
                fields[26],
                fields[27],
                fields[28],
                fields[29],
                fields[30],
                fields[31],
                fields[32]));
    }

    boolean isEncrypted() {
        return listenerProtocol.equals("HTTPS");
    }

    String scheme() {
        return isEncrypted() ? "https" : "http";
    }

    /** Whether a client connected and went, or waited, without a whole request. */
    boolean isEmpty() {
        return method.equals("<BADREQ>") && (end.startsWith("C") || end.startsWith("c"));
    }

    long reading() {
        return Long.parseLong(read);
    }

    long waiting() {
        return Long.parseLong(waited);
    }

    long connecting() {
        return Long.parseLong(connected);
    }

    long answering() {
        return Long.parseLong(answered);
    }
}

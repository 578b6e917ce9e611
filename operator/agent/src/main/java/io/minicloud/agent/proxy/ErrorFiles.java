package io.minicloud.agent.proxy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a proxy answers by itself when something is wrong, in files: some of it is needed before a request is understood. */
final class ErrorFiles {
    private static final Map<Integer, String> REASONS = Map.of(
            400, "Bad Request",
            408, "Request Time-out",
            500, "Internal Server Error",
            502, "Bad Gateway",
            504, "Gateway Time-out");

    /** Those that have a file. */
    static final List<Integer> STATUSES = REASONS.keySet().stream().sorted().toList();

    private ErrorFiles() {}

    /** The name of the file of a status. */
    static String name(int status) {
        return status + ".http";
    }

    /** All of them, by name. */
    static Map<String, String> contents() {
        return STATUSES.stream().collect(Collectors.toMap(ErrorFiles::name, ErrorFiles::answer));
    }

    /** A page that says one thing. */
    static String page(String text) {
        return "<html>\r\n<head><title>%1$s</title></head>\r\n<body>\r\n<center><h1>%1$s</h1></center>\r\n</body>\r\n</html>\r\n"
                .formatted(text);
    }

    private static String answer(int status) {
        var text = status + " " + REASONS.get(status);
        var page = page(text);
        return "HTTP/1.1 %s\r\nServer: awselb/2.0\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(text, page.length(), page);
    }
}

package io.minicloud.agent.accesslog;

import java.util.Optional;

/** From what a proxy says to entries of a log. Pure. */
final class LogEntries {
    private LogEntries() {}

    /** The entry of a line, without an end of line; empty for what is no line of ours, be it half of one. */
    static Optional<String> render(String line, LogNames names) {
        try {
            return RequestLine.parse(line)
                    .filter(request -> !request.isEmpty())
                    .map(request -> new RequestEntry(request, names).render())
                    .or(() -> ConnectionEntry.render(line, names));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

package io.minicloud.agent.proxy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The socket by which HAProxy's first process is spoken to, and through it the one that serves now.
 *
 * @param path the socket
 * @see <a href="https://docs.haproxy.org/3.0/management.html#9.4">Master CLI</a>
 */
record MasterSocket(Path path) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Loads the configuration anew; what began goes on in the process that was. */
    String reload() throws IOException {
        return ask("reload");
    }

    /**
     * Says something to a process that ends.
     *
     * @param number of {@link #processes}
     * @param commands each without its end of line
     */
    String old(int number, List<String> commands) throws IOException {
        var to = "@!" + number + " ";
        return ask(to + String.join(";" + to, commands));
    }

    /**
     * Says something to the process that serves now.
     *
     * @param commands each without its end of line
     */
    String worker(String... commands) throws IOException {
        return ask("@1 " + String.join(";@1 ", commands));
    }

    /** The processes that there are, the first among them. */
    String processes() throws IOException {
        return ask("show proc");
    }

    /** Says something to a process that may have been told to end; it is there. */
    String process(long id, String command) throws IOException {
        return ask("@!" + id + " " + command);
    }

    private String ask(String line) throws IOException {
        try (var conversation = new Conversation(path, TIMEOUT)) {
            conversation.say(line);
            // It waits for more commands else.
            conversation.fallSilent();
            return conversation.hearAll();
        }
    }
}

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
    /** To load a configuration takes a while; a process that does not say in time how it is does not serve either. */
    private static final Duration CHANGE = Duration.ofSeconds(10);

    private static final Duration QUESTION = Duration.ofSeconds(1);

    /** Loads the configuration anew; what began goes on in the process that was. */
    String reload() throws IOException {
        return say("reload", CHANGE);
    }

    /**
     * Says something to a process that ends.
     *
     * @param number of {@link #processes}
     * @param commands each without its end of line
     */
    String old(int number, List<String> commands) throws IOException {
        var to = "@!" + number + " ";
        return say(to + String.join(";" + to, commands), CHANGE);
    }

    /**
     * Changes something of the process that serves now.
     *
     * @param commands each without its end of line
     */
    String worker(List<String> commands) throws IOException {
        return say("@1 " + String.join(";@1 ", commands), CHANGE);
    }

    /** Asks the process that serves now. */
    String ask(String question) throws IOException {
        return say("@1 " + question, QUESTION);
    }

    /** The processes that there are, the first among them. */
    String processes() throws IOException {
        return say("show proc", QUESTION);
    }

    /** Asks a process that may have been told to end, and has then all the time that it needs; it is there. */
    String process(long id, String question) throws IOException {
        return say("@!" + id + " " + question, CHANGE);
    }

    private String say(String line, Duration timeout) throws IOException {
        try (var conversation = new Conversation(path, timeout)) {
            conversation.say(line);
            // It waits for more commands else.
            conversation.fallSilent();
            return conversation.hearAll();
        }
    }
}

package io.minicloud.agent.proxy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A connection to one process of HAProxy. A process that is told to end, and has nothing more to do, stays for as long as somebody is
 * connected: so its last figures are read before it goes.
 *
 * @see <a href="https://docs.haproxy.org/3.0/management.html#9.3">Unix socket commands</a>
 */
final class WorkerSession implements AutoCloseable {
    /** HAProxy ends a connection on which nothing was said for so long: an agent that is stopped holds no process for longer. */
    static final String IDLE = "60s";

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String PROMPT = "\n> ";
    private static final String ALL = "show stat -1 7 -1";

    private final Conversation conversation;

    private WorkerSession(Conversation conversation) {
        this.conversation = conversation;
    }

    /**
     * To the process that serves now.
     *
     * @throws IOException when none answers
     */
    static WorkerSession open(Path socket) throws IOException {
        var conversation = new Conversation(socket, TIMEOUT);
        try {
            conversation.say("prompt");
            conversation.hear(PROMPT);
        } catch (IOException e) {
            conversation.close();
            throw e;
        }
        return new WorkerSession(conversation);
    }

    /** What the process says now. */
    WorkerReading read() throws IOException {
        // In this order: what is counted at the end of a request is then never ahead of what is counted before.
        var info = ask("show info");
        var statistics = ask(ALL);
        return WorkerReading.of(info, statistics, ask("show table " + FigureTable.NAME));
    }

    private String ask(String command) throws IOException {
        conversation.say(command);
        return conversation.hear(PROMPT);
    }

    @Override
    public void close() {
        conversation.close();
    }
}

package io.minicloud.agent.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * For whom this machine answers, as the kernel tells it in a file: it tells nobody when that changes, so whoever wants to know asks
 * often, and that costs no process.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_net.5.html">proc_pid_net(5), arp</a>
 */
public final class ArpTable {
    private static final Path FILE = Path.of("/proc/net/arp");
    private static final int FLAGS = 2;
    private static final int DEVICE = 5;

    // ATF_PUBL and ATF_PERM: an entry for answers.
    private static final String PUBLISHED = "0xc";

    /** Whether this machine answers for all of them, each on its link; also when nothing can be read, as then nothing can be done. */
    public boolean answersFor(Set<ProxiedAddress> wanted) {
        if (wanted.isEmpty()) {
            return true;
        }
        try (var lines = Files.lines(FILE)) {
            return lines.map(line -> line.split("\\s+"))
                            .filter(words -> words.length > DEVICE && words[FLAGS].equals(PUBLISHED))
                            .map(words -> new ProxiedAddress(words[0], words[DEVICE]))
                            .filter(wanted::contains)
                            .distinct()
                            .count()
                    == wanted.size();
        } catch (IOException e) {
            return true;
        }
    }
}

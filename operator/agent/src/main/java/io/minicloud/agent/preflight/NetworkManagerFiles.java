package io.minicloud.agent.preflight;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The configuration of NetworkManager, as far as it says which links it leaves alone.
 *
 * @see <a href="https://networkmanager.dev/docs/api/latest/NetworkManager.conf.html">NetworkManager.conf(5)</a>
 */
final class NetworkManagerFiles {
    private static final Pattern UNMANAGED = Pattern.compile("\\s*unmanaged-devices\\s*\\+?=(.*)");
    private static final Set<String> KINDS_OF_OURS =
            Set.of("except:type:ethernet", "except:type:veth", "except:type:tun");
    private static final String BY_NAME = "interface-name:";

    private final List<String> texts;

    NetworkManagerFiles(Collection<String> texts) {
        this.texts = List.copyOf(texts);
    }

    /** Whether one of the lines lists a link of this name as unmanaged. */
    boolean leaveAlone(String link) {
        return texts.stream()
                .flatMap(String::lines)
                .map(UNMANAGED::matcher)
                .filter(Matcher::matches)
                .map(line -> entries(line.group(1)))
                .anyMatch(entries -> entries.stream().anyMatch(entry -> names(entry, link)) || allBut(entries));
    }

    private static List<String> entries(String list) {
        return Stream.of(list.split("[;,]")).map(String::strip).toList();
    }

    /** Ubuntu's own file: everything but wireless. */
    private static boolean allBut(List<String> entries) {
        return entries.contains("*") && entries.stream().noneMatch(KINDS_OF_OURS::contains);
    }

    private static boolean names(String entry, String link) {
        if (!entry.startsWith(BY_NAME)) {
            return false;
        }
        var name = entry.substring(BY_NAME.length());
        // "=" asks for the very name.
        return name.startsWith("=")
                ? name.substring(1).equals(link)
                : Pattern.matches(Pattern.quote(name).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), link);
    }
}

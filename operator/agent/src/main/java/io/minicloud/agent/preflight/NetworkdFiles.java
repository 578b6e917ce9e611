package io.minicloud.agent.preflight;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * The {@code .network} files of systemd-networkd. The first one that matches a link, by file name, owns it.
 *
 * @see <a href="https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html">systemd.network(5)</a>
 */
final class NetworkdFiles {
    private final SortedMap<String, String> files;

    NetworkdFiles(Map<String, String> files) {
        this.files = new TreeMap<>(files);
    }

    /** Whether networkd would manage a link of this name. */
    boolean take(String link) {
        for (var text : files.values()) {
            var settings = settings(text);
            if (matches(settings, link)) {
                return settings.getOrDefault("Link.Unmanaged", List.of()).stream()
                        .noneMatch(value -> value.matches("yes|true|on|1"));
            }
        }
        return false;
    }

    /**
     * Names decide where a file gives them. A file that asks for something else of the device (a MAC, a path, a driver, a
     * kind) is written for one device; one that asks for the type alone takes every Ethernet link there is.
     */
    private static boolean matches(Map<String, List<String>> settings, String link) {
        var names = settings.get("Match.Name");
        if (names != null) {
            return anyName(names, link);
        }
        var asked = settings.keySet().stream()
                .filter(key -> key.startsWith("Match."))
                .collect(Collectors.toSet());
        return asked.stream().allMatch("Match.Type"::equals)
                && settings.getOrDefault("Match.Type", List.of()).contains("ether");
    }

    /** A list that begins with an exclamation mark means all others. */
    private static boolean anyName(List<String> names, String link) {
        var inverted = !names.isEmpty() && names.getFirst().startsWith("!");
        var any = names.stream()
                .map(name -> name.startsWith("!") ? name.substring(1) : name)
                .anyMatch(name -> matches(name, link));
        return any != inverted;
    }

    private static boolean matches(String glob, String link) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(link));
        } catch (PatternSyntaxException e) {
            // An open bracket: no link is meant.
            return false;
        }
    }

    /** Section, dot and key to the words of all such lines. */
    private static Map<String, List<String>> settings(String text) {
        var settings = new TreeMap<String, List<String>>();
        var section = "";
        for (var line : text.lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1);
            } else if (equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
                settings.computeIfAbsent(
                                section + "." + line.substring(0, equals).strip(), key -> new ArrayList<>())
                        .addAll(List.of(line.substring(equals + 1).strip().split("\\s+")));
            }
        }
        return settings;
    }
}

package io.minicloud.agent.network;

import static java.util.function.Function.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A ruleset cut into its sets, maps and chains and the lines around them: as {@code nft} is given it, or as it lists it. Two of one
 * outline declare the same and may differ in what is in it, so one becomes the other without being loaded as a whole.
 *
 * @param segments in order
 */
record RulesetText(List<Segment> segments) {
    private static final Pattern TABLE = Pattern.compile("table (\\S+ \\S+) \\{");
    private static final Pattern BEGIN = Pattern.compile("\\s+(set|map|chain) (\\S+) \\{.*");
    private static final Pattern ELEMENTS = Pattern.compile("(?s)\\s*elements = \\{(.*?)}");
    private static final Pattern END = Pattern.compile("(?s);?\\s*}\\s*$");
    private static final Pattern HOOK = Pattern.compile("(?m)^\\s*(type .+)$");

    /**
     * A part, or what is around parts.
     *
     * @param table family and name of the table that a part is in; empty around parts
     * @param kind set, map or chain; empty around parts
     * @param name of the part
     * @param text all of it, with the end of its last line
     */
    record Segment(String table, String kind, String name, String text) {
        boolean isPart() {
            return !kind.isEmpty();
        }

        /** What of it says what it is; two parts of one declaration differ in their elements or rules alone. */
        String declaration() {
            if (!isPart()) {
                return text.strip();
            }
            return key() + " " + (kind.equals("chain") ? hook() : type());
        }

        /** What the part is known by; empty around parts. */
        String key() {
            return isPart() ? String.join(" ", kind, table, name) : "";
        }

        /** The same part with nothing in it. */
        Segment bare() {
            var nothing = kind.equals("chain") ? "  chain %s {%n%s%n  }%n".formatted(name, hook()) : type() + "; }\n";
            return new Segment(table, kind, name, nothing);
        }

        /** The elements of a set or a map, as they are spelled. */
        Set<String> elements() {
            var found = ELEMENTS.matcher(text);
            return found.find()
                    ? Stream.of(found.group(1).split(","))
                            .map(String::strip)
                            .collect(Collectors.toCollection(LinkedHashSet::new))
                    : Set.of();
        }

        /** Whether elements can stand for more than themselves, so that the kernel may have joined or split them. */
        boolean hasRanges() {
            return type().contains("interval");
        }

        private String hook() {
            var found = HOOK.matcher(text);
            return found.find() ? found.group(1) : "";
        }

        private String type() {
            return END.matcher(ELEMENTS.matcher(text).replaceFirst("")).replaceFirst("");
        }
    }

    /** Cuts a text. What it does not know is around parts. */
    static RulesetText parse(String text) {
        var segments = new ArrayList<Segment>();
        var table = "";
        var lines = text.lines().iterator();
        while (lines.hasNext()) {
            var line = lines.next();
            var opened = TABLE.matcher(line);
            var begin = BEGIN.matcher(line);
            if (opened.matches()) {
                table = opened.group(1);
            }
            if (!begin.matches()) {
                segments.add(new Segment("", "", "", line + "\n"));
                continue;
            }
            var part = new StringBuilder(line).append('\n');
            for (var depth = depth(line); depth > 0 && lines.hasNext(); ) {
                var next = lines.next();
                part.append(next).append('\n');
                depth += depth(next);
            }
            segments.add(new Segment(table, begin.group(1), begin.group(2), part.toString()));
        }
        return new RulesetText(segments);
    }

    private static int depth(String line) {
        return (int) (line.chars().filter(c -> c == '{').count()
                - line.chars().filter(c -> c == '}').count());
    }

    /** What it declares. */
    List<String> outline() {
        return segments.stream().map(Segment::declaration).toList();
    }

    /** The parts by their names. */
    Map<String, Segment> parts() {
        return segments.stream()
                .filter(Segment::isPart)
                .collect(Collectors.toMap(Segment::key, identity(), (one, other) -> other, LinkedHashMap::new));
    }

    /** The names of the parts that are otherwise in another text of the same outline, in order. */
    List<String> differing(RulesetText other) {
        var others = other.parts();
        return parts().values().stream()
                .filter(part -> !part.equals(others.get(part.key())))
                .map(Segment::key)
                .toList();
    }

    /** The same declarations, with only these parts whole. */
    RulesetText only(Collection<String> keys) {
        return map(segment -> !segment.isPart() || keys.contains(segment.key()) ? segment : segment.bare());
    }

    /** The same with these parts as another text has them. */
    RulesetText with(Collection<String> keys, RulesetText other) {
        var others = other.parts();
        return map(segment -> keys.contains(segment.key()) ? others.getOrDefault(segment.key(), segment) : segment);
    }

    private RulesetText map(UnaryOperator<Segment> change) {
        return new RulesetText(segments.stream().map(change).toList());
    }

    /** All of it. */
    String text() {
        return segments.stream().map(Segment::text).collect(Collectors.joining());
    }
}

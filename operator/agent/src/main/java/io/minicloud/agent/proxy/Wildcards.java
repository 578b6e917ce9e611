package io.minicloud.agent.proxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes regular expressions of AWS's patterns: {@code *} is any number of characters, {@code ?} exactly one, and after a backslash
 * either is itself. All else is written by its code, so a pattern can mean nothing more. What is between two stars is looked for once,
 * from the left, so the cost of a match grows with the text and no faster.
 *
 * @see <a href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html">Condition types</a>
 */
final class Wildcards {
    /** Any character. */
    static final String ANY = ".";

    private Wildcards() {}

    /**
     * The expression, without anchors.
     *
     * @param pattern the pattern
     * @param one what {@code ?} and each character of {@code *} may be
     */
    static String expression(String pattern, String one) {
        var parts = parts(pattern, one);
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        var expression = new StringBuilder(parts.getFirst());
        for (var middle : parts.subList(1, parts.size() - 1)) {
            if (!middle.isEmpty()) {
                expression.append("(?>").append(one).append("*?").append(middle).append(')');
            }
        }
        return expression.append(one).append('*').append(parts.getLast()).toString();
    }

    /** What stands between the stars. */
    private static List<String> parts(String pattern, String one) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            char each = pattern.charAt(at);
            if (each == '\\' && at + 1 < pattern.length() && "*?".indexOf(pattern.charAt(at + 1)) >= 0) {
                at++;
                part.append(code((byte) pattern.charAt(at)));
            } else if (each == '*') {
                parts.add(part.toString());
                part.setLength(0);
            } else if (each == '?') {
                part.append(one);
            } else {
                int end = Character.isHighSurrogate(each) ? Math.min(at + 2, pattern.length()) : at + 1;
                literal(pattern.substring(at, end), part);
                at = end - 1;
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static void literal(String text, StringBuilder part) {
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            part.append(Word.isAlphanumeric(each) ? String.valueOf((char) each) : code(each));
        }
    }

    private static String code(byte each) {
        return "\\x%02x".formatted(each);
    }
}

package io.minicloud.agent.proxy;

import java.nio.charset.StandardCharsets;

/**
 * Makes what a user wrote into one word of a configuration. Whatever is not plainly harmless is written by its code, so no text can
 * end the word, begin another or name a variable.
 *
 * @see <a href="https://docs.haproxy.org/3.0/configuration.html#2.2">Quoting and escaping</a>
 */
final class Word {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7f;

    private Word() {}

    /**
     * A text as it is.
     *
     * @throws IllegalArgumentException when it holds a NUL, which ends every text there
     */
    static String of(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text holds a NUL character: take it out");
        }
        var word = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(each)) {
                word.append((char) each);
            } else {
                word.append("\\x%02x".formatted(each));
            }
        }
        return word.toString();
    }

    /**
     * A part of a header, which is one line.
     *
     * @throws IllegalArgumentException when it would end the line
     */
    static String header(String text) {
        if (text.chars().anyMatch(each -> each < FIRST_PRINTABLE || each == DELETE)) {
            throw new IllegalArgumentException("a text for a header holds a control character: take it out");
        }
        return of(text);
    }

    /** A part of a header that stands where variables are filled in. */
    static String format(String text) {
        return header(text.replace("%", "%%"));
    }

    /** Letters, digits and the few signs that mean nothing anywhere in a configuration. */
    private static boolean isPlain(byte each) {
        return isAlphanumeric(each) || "-_./:".indexOf(each) >= 0;
    }

    /** Whether it is a letter or digit of ASCII. */
    static boolean isAlphanumeric(byte each) {
        return each >= '0' && each <= '9' || each >= 'A' && each <= 'Z' || each >= 'a' && each <= 'z';
    }
}

package io.minicloud.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WildcardsTest {
    @Test
    void starsAreAnyNumberAndQuestionMarksOne() {
        assertThat(matches("/img/*", "/img/")).isTrue();
        assertThat(matches("/img/*", "/img")).isFalse();
        assertThat(matches("a?c", "abc")).isTrue();
        assertThat(matches("a?c", "ac")).isFalse();
        assertThat(matches("a\\*c", "a*c")).isTrue();
        assertThat(matches("a\\*c", "abc")).isFalse();
        assertThat(matches("a\\b", "a\\b")).isTrue();
        assertThat(matches("a.c", "abc")).isFalse();
        assertThat(matches("*ab*ab*", "xabyabz")).isTrue();
        assertThat(matches("*ab*ab*", "xabyaz")).isFalse();
    }

    @Test
    void theyMatchWhatTheyShould() {
        var random = new Random(3);
        int matched = 0;
        for (int round = 0; round < 50_000; round++) {
            var pattern = text(random, "ab*?*", 7);
            var text = text(random, "abc", 8);
            assertThat(matches(pattern, text)).as("%s of %s", pattern, text).isEqualTo(glob(pattern, text));
            matched += glob(pattern, text) ? 1 : 0;
        }
        assertThat(matched).isBetween(5_000, 45_000);
    }

    @Test
    void manyStarsCostNoMoreThanTheText() {
        var text = "a".repeat(20_000);
        assertThat(matches("*a".repeat(60) + "b", text)).isFalse();
    }

    private static boolean matches(String pattern, String text) {
        var bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return Pattern.compile("^(?:" + Wildcards.expression(pattern, Wildcards.ANY) + ")$")
                .matcher(bytes)
                .find();
    }

    private static boolean glob(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        if (pattern.charAt(0) == '*') {
            return glob(pattern.substring(1), text) || !text.isEmpty() && glob(pattern, text.substring(1));
        }
        return !text.isEmpty()
                && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
                && glob(pattern.substring(1), text.substring(1));
    }

    private static String text(Random random, String signs, int longest) {
        var text = new StringBuilder();
        for (int left = random.nextInt(longest + 1); left > 0; left--) {
            text.append(signs.charAt(random.nextInt(signs.length())));
        }
        return text.toString();
    }
}

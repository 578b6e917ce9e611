package io.minicloud.agent.accesslog;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** Texts and times as they stand in a log. */
final class LogText {
    /** What is not known, or was not there. */
    static final String NONE = "-";

    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7e;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private LogText() {}

    /**
     * What a client sent. Quotes, backslashes and all that is no printable ASCII are written by their codes, so that a text stays a
     * field.
     *
     * @param base64 the bytes; {@code -} for none
     */
    static String sent(String base64) {
        if (base64.equals(NONE)) {
            return NONE;
        }
        var text = new StringBuilder();
        for (byte each : Base64.getDecoder().decode(base64)) {
            if (each >= FIRST_PRINTABLE && each <= LAST_PRINTABLE && each != '"' && each != '\\') {
                text.append((char) each);
            } else {
                text.append("\\x%02X".formatted(each));
            }
        }
        return text.isEmpty() ? NONE : text.toString();
    }

    /** A name that a client sent, as a part of a URL. */
    static String sentName(String base64) {
        return base64.equals(NONE)
                ? NONE
                : URLEncoder.encode(
                        new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** To the microsecond, e.g. {@code 2018-07-02T22:23:00.186641Z}. */
    static String micros(String sinceEpoch) {
        return MICROS.format(instant(sinceEpoch));
    }

    /** To the second, e.g. {@code 2018-12-20T02:59:40}. */
    static String seconds(String sinceEpoch) {
        return SECONDS.format(instant(sinceEpoch));
    }

    /** Milliseconds as seconds, e.g. {@code 0.048}. */
    static String duration(long millis) {
        return "%d.%03d".formatted(millis / 1000, millis % 1000);
    }

    private static Instant instant(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }
}

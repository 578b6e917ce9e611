package io.minicloud.reconcile.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as lower-case hex digits: what every derived name starts from. */
public final class Sha256 {
    private Sha256() {}

    /**
     * The digest of a text's UTF-8 bytes.
     *
     * @param text any text
     * @return 64 lower-case hex digits
     */
    public static String hex(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package io.minicloud.agent.network;

import java.util.regex.Pattern;

/**
 * Checks every text before it reaches a script of {@code ip}, {@code nft} or {@code dnsmasq}: nothing that is not the
 * plain thing it should be can get there, whoever wrote the object.
 */
final class Syntax {
    private static final Pattern ID = Pattern.compile("[a-z]{1,10}-[0-9a-f]{1,17}");
    private static final Pattern MAC = Pattern.compile("([0-9a-f]{2}:){5}[0-9a-f]{2}");
    private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private static final Pattern LINK = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,14}");

    private Syntax() {}

    /** An AWS-shaped id. */
    static String id(String text) {
        return require(ID, text, "an id");
    }

    /** Whether a text is an AWS-shaped id. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** A MAC address in lower case. */
    static String mac(String text) {
        return require(MAC, text, "a MAC address");
    }

    /** A host or domain name. */
    static String dnsName(String text) {
        return require(DNS_NAME, text, "a DNS name");
    }

    /** The name of a link that somebody else made. */
    static String link(String text) {
        return require(LINK, text, "the name of a link");
    }

    private static String require(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("not " + what + ": " + text);
        }
        return text;
    }
}

package io.minicloud.agent.preflight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Listings of rules that firewalls are documented to make. The programs that make them are not on the machine of the tests: their
 * rules were written by hand as their documentation tells and loaded with the real iptables and nft of Debian 12, which printed
 * these files. "opened" means after the command that the finding names.
 */
final class Golden {
    private Golden() {}

    static String file(String name) {
        try (var in = Objects.requireNonNull(Golden.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

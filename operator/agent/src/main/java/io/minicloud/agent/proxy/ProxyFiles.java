package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.reconcile.identity.Sha256;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a proxy.
 *
 * @param digest of all but the targets: a process that runs with another one needs a reload
 * @param contents by name; some are secret
 */
public record ProxyFiles(String digest, Map<String, String> contents) {
    /** The configuration. */
    static final String CONFIGURATION = "haproxy.cfg";

    /** Where HAProxy sees them. */
    static final String FOLDER = "/etc/minicloud";

    private static final Pattern SECRET = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    /** Keeps an immutable copy. */
    public ProxyFiles {
        contents = Map.copyOf(contents);
    }

    /**
     * The files of a proxy.
     *
     * @param certificates a chain and its key, one after the other, by the name of their Secret
     * @throws IllegalArgumentException when a text cannot be what it is to be
     */
    public static ProxyFiles of(ProxySpec spec, Map<String, String> certificates) {
        var contents = new TreeMap<>(ErrorFiles.contents());
        for (var listener : spec.listeners()) {
            contents.putAll(new RuleMaps(listener).files());
            if (listener.tls() != null) {
                contents.put(ListenerRenderer.certificateList(listener), list(listener.tls()));
                listener.tls().secretNames().forEach(name -> contents.put(file(name), certificates.get(name)));
            }
        }
        var renderer = new ProxyRenderer(FOLDER);
        var digest = Sha256.hex(renderer.render(ProxyRenderer.frame(spec), "") + contents);
        contents.put(CONFIGURATION, renderer.render(spec, digest));
        return new ProxyFiles(digest, contents);
    }

    /** The Secrets that a proxy names. */
    public static List<String> secretNames(ProxySpec spec) {
        return spec.listeners().stream()
                .flatMap(listener -> listener.tls() == null ? Stream.empty() : listener.tls().secretNames().stream())
                .distinct()
                .toList();
    }

    /** Says nothing of the contents: there are keys among them. */
    @Override
    public String toString() {
        return "ProxyFiles[" + digest + "]";
    }

    private static String list(ProxyListener.Tls tls) {
        return tls.secretNames().stream()
                .map(name -> FOLDER + "/" + file(name) + "\n")
                .collect(Collectors.joining());
    }

    private static String file(String secretName) {
        if (!SECRET.matcher(secretName).matches()) {
            throw new IllegalArgumentException("not the name of a Secret: " + secretName);
        }
        return secretName + ".pem";
    }
}

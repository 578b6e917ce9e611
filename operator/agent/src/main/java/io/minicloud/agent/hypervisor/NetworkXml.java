package io.minicloud.agent.hypervisor;

import io.minicloud.agent.hypervisor.MachineDefinition.NetworkDevice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Network interfaces in the XML of a domain. Each carries the name of its HostInterface as an alias of ours, by which it is
 * found again and taken away.
 *
 * @see <a href="https://libvirt.org/formatdomain.html#network-interfaces">Domain XML format: network interfaces</a>
 */
final class NetworkXml {
    /** What libvirt wants aliases to begin with that it did not give itself. */
    private static final String ALIAS_PREFIX = "ua-";

    private NetworkXml() {}

    /** An interface as libvirt is told of it. */
    static XmlTree tree(NetworkDevice network) {
        var element = XmlTree.root("interface").with("type", "ethernet");
        element.child("mac").with("address", network.macAddress());
        // The port belongs to the network side: libvirt neither makes nor removes it.
        element.child("target").with("dev", network.tap()).with("managed", "no");
        element.child("model").with("type", "virtio");
        element.child("link").with("state", network.linkUp() ? "up" : "down");
        element.child("rom").with("enabled", "no");
        element.child("alias").with("name", alias(network.interfaceName()));
        return element;
    }

    /** The alias of an interface. */
    static String alias(String interfaceName) {
        return ALIAS_PREFIX + interfaceName;
    }

    /**
     * The interfaces of a domain, those of a running one first.
     *
     * @param definition the XML of its next start
     * @param running the XML of what runs; null when it does not
     */
    static List<ObservedNetwork> read(String definition, @Nullable String running) {
        var defined = interfaces(definition);
        var plugged = running == null ? List.<Element>of() : interfaces(running);
        var taps = defined.stream().map(NetworkXml::tap).collect(Collectors.toSet());
        var found = new LinkedHashMap<String, ObservedNetwork>();
        Stream.concat(plugged.stream(), defined.stream())
                .forEach(element -> found.putIfAbsent(
                        tap(element),
                        new ObservedNetwork(
                                name(element),
                                tap(element),
                                plugged.contains(element),
                                !attribute(element, "link", "state").equals(Optional.of("down")),
                                taps.contains(tap(element)))));
        return List.copyOf(found.values());
    }

    private static List<Element> interfaces(String domainXml) {
        var nodes = XmlTree.parse(domainXml).getElementsByTagName("interface");
        var found = new ArrayList<Element>();
        for (int i = 0; i < nodes.getLength(); i++) {
            // One that has no name yet is someone else's.
            if (nodes.item(i) instanceof Element element
                    && attribute(element, "target", "dev").isPresent()) {
                found.add(element);
            }
        }
        return found;
    }

    private static String tap(Element element) {
        return attribute(element, "target", "dev").orElseThrow();
    }

    private static @Nullable String name(Element element) {
        return attribute(element, "alias", "name")
                .filter(alias -> alias.startsWith(ALIAS_PREFIX))
                .map(alias -> alias.substring(ALIAS_PREFIX.length()))
                .orElse(null);
    }

    private static Optional<String> attribute(Element element, String child, String attribute) {
        return element.getElementsByTagName(child).item(0) instanceof Element found && found.hasAttribute(attribute)
                ? Optional.of(found.getAttribute(attribute))
                : Optional.empty();
    }
}

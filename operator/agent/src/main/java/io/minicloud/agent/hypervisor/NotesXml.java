package io.minicloud.agent.hypervisor;

import io.minicloud.reconcile.identity.OwnerTag;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Notes as the metadata element of a domain. */
final class NotesXml {
    static final String NAMESPACE = "https://minicloud.io/xmlns/machine/1";
    static final String PREFIX = "minicloud";

    private NotesXml() {}

    /** The element as it stands in the XML of a domain. */
    static XmlTree tree(MachineNotes notes) {
        return fill(XmlTree.root(NAMESPACE, PREFIX + ":machine"), notes);
    }

    /** The element alone for virDomainSetMetadata, which puts it into the name space itself and refuses one that is. */
    static String element(MachineNotes notes) {
        return fill(XmlTree.root("machine"), notes).render();
    }

    private static XmlTree fill(XmlTree tree, MachineNotes notes) {
        tree.with("owner", notes.owner());
        tree.with("powerGeneration", notes.powerGeneration());
        tree.with("poweredOffByGuest", notes.poweredOffByGuest());
        optional(tree, "stopRequestedAt", notes.stopRequestedAt());
        optional(tree, "lastReboot", notes.lastReboot());
        optional(tree, "rebootRequestedAt", notes.rebootRequestedAt());
        return tree;
    }

    /** The notes in the XML of a domain; empty when the domain is not minicloud's. */
    static Optional<MachineNotes> read(String domainXml) {
        var found = XmlTree.parse(domainXml).getElementsByTagNameNS(NAMESPACE, "machine");
        return found.getLength() == 1 && found.item(0) instanceof Element element
                ? OwnerTag.parse(element.getAttribute("owner")).map(owner -> notes(owner, element))
                : Optional.empty();
    }

    private static MachineNotes notes(OwnerTag owner, Element element) {
        var stop = attribute(element, "stopRequestedAt");
        var reboot = attribute(element, "rebootRequestedAt");
        return new MachineNotes(
                owner,
                Long.parseLong(element.getAttribute("powerGeneration")),
                Boolean.parseBoolean(element.getAttribute("poweredOffByGuest")),
                stop == null ? null : Instant.parse(stop),
                attribute(element, "lastReboot"),
                reboot == null ? null : Instant.parse(reboot));
    }

    private static void optional(XmlTree tree, String name, @Nullable Object value) {
        if (value != null) {
            tree.with(name, value);
        }
    }

    private static @Nullable String attribute(Element element, String name) {
        return element.hasAttribute(name) ? element.getAttribute(name) : null;
    }
}

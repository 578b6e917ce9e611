package io.minicloud.agent.inventory;

import io.minicloud.agent.inventory.UnknownThing.Kind;
import io.minicloud.reconcile.identity.OwnerTag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What of a machine's holdings is ours and has no object: a pure difference. Nothing is ever done about it. */
final class InventoryPlanner {
    /** So that the status stays small, whatever happened to the objects. */
    static final int MOST = 500;

    private final String hostNamespace;

    InventoryPlanner(String hostNamespace) {
        this.hostNamespace = hostNamespace;
    }

    List<UnknownThing> unknown(Holdings holdings, KnownObjects known) {
        var images = holdings.images().stream()
                .filter(image -> !known.imageIds().contains(image))
                .map(image -> new UnknownThing(Kind.Image, image, null));
        return Stream.of(
                        tagged(Kind.Domain, "hostmachine", holdings.domains(), known),
                        tagged(Kind.Disk, "hostdisk", holdings.disks(), known),
                        images)
                .flatMap(things -> things)
                .sorted(Comparator.comparing(UnknownThing::kind).thenComparing(UnknownThing::name))
                .limit(MOST)
                .toList();
    }

    /** By the uid in the tag: an object of the same name that was made later is not its owner. */
    private Stream<UnknownThing> tagged(
            Kind kind, String objectKind, Map<String, OwnerTag> things, KnownObjects known) {
        return things.entrySet().stream()
                .filter(thing -> isOurs(thing.getValue(), objectKind))
                .filter(thing -> !known.uids().contains(thing.getValue().uid()))
                .map(thing ->
                        new UnknownThing(kind, thing.getKey(), thing.getValue().toString()));
    }

    /** Of this host, whatever the installation: one whose etcd was lost goes on under a new id. */
    private boolean isOurs(OwnerTag tag, String objectKind) {
        return tag.hostNamespace().equals(hostNamespace) && tag.kind().equals(objectKind);
    }
}

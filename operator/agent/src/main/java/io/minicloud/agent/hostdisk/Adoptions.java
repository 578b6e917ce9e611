package io.minicloud.agent.hostdisk;

import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.minicloud.agent.disk.DiskStore;
import io.minicloud.agent.disk.ObservedDisk;
import io.minicloud.api.common.Labels;
import io.minicloud.api.host.Host;
import io.minicloud.api.host.HostDisk;
import io.minicloud.reconcile.identity.AdoptionOrders;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the annotations of this machine's Host order to adopt, and what lies there for it. */
final class Adoptions {
    private final DiskStore disks;
    private final String hostName;

    Adoptions(DiskStore disks, String hostName) {
        this.disks = disks;
        this.hostName = hostName;
    }

    /** Brings the disks back of which a Host speaks. */
    EventSource<?, HostDisk> events(EventSourceContext<HostDisk> context) {
        var configuration = InformerEventSourceConfiguration.from(Host.class, HostDisk.class)
                .withWatchAllNamespaces()
                .withSecondaryToPrimaryMapper(host -> namedBy(host, context))
                .withPrimaryToSecondaryMapper((HostDisk disk) -> Set.of(new ResourceID(hostName)))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** Whether a disk is to be an unknown one in place of a new one. */
    boolean isOrdered(HostDisk disk, Context<HostDisk> context) {
        return ordered(disk, context).isPresent();
    }

    /** What a disk is to be in place of a new one. */
    Optional<DiskPlanner.Adoption> find(HostDisk disk, Context<HostDisk> context) throws IOException {
        var ordered = ordered(disk, context);
        if (ordered.isEmpty()) {
            return Optional.empty();
        }
        var volumeId = ordered.get();
        var found = disks.find(volumeId);
        var known = found.flatMap(ObservedDisk::owner)
                .filter(owner -> context.getPrimaryCache()
                        .list(other -> other.getMetadata().getUid().equals(owner.uid()))
                        .findAny()
                        .isPresent())
                .isPresent();
        return Optional.of(
                new DiskPlanner.Adoption(volumeId, found, known, found.isPresent() && disks.isHeld(volumeId)));
    }

    private static Optional<String> ordered(HostDisk disk, Context<HostDisk> context) {
        return context.getSecondaryResource(Host.class)
                .flatMap(host -> AdoptionOrders.diskFor(host, namespace(disk), volume(disk)));
    }

    private static Set<ResourceID> namedBy(Host host, EventSourceContext<HostDisk> context) {
        var volumes = AdoptionOrders.volumes(host).collect(Collectors.toSet());
        return volumes.isEmpty()
                ? Set.of()
                : context.getPrimaryCache()
                        .list(disk -> volumes.contains(namespace(disk) + "/" + volume(disk)))
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet());
    }

    private static String namespace(HostDisk disk) {
        var labels = disk.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(Labels.OWNER_NAMESPACE, "");
    }

    private static String volume(HostDisk disk) {
        var annotations = disk.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(Labels.OWNER_NAME, "");
    }
}

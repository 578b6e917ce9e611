package io.minicloud.controller.ec2.instance;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.InstanceType;
import io.minicloud.api.ec2.Volume;
import io.minicloud.api.host.Host;
import io.minicloud.controller.host.HostCandidates;
import io.minicloud.controller.placement.Candidate;
import io.minicloud.controller.placement.Decision;
import io.minicloud.controller.placement.PlacementLedger;
import io.minicloud.controller.placement.Placer;
import io.minicloud.controller.placement.Room;
import io.minicloud.controller.placement.Tenant;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.reconcile.identity.AdoptionOrders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gathers what the placement must know from the caches, and asks it. */
final class InstancePlacement {
    private final HostCandidates candidates;
    private final PlacementLedger ledger = new PlacementLedger();

    InstancePlacement(HostCandidates candidates) {
        this.candidates = candidates;
    }

    /** Chooses the host of an instance that has none. */
    Decision place(Instance instance, InstanceInputs inputs, Context<Instance> context) {
        return ledger.place(
                instance.getMetadata().getUid(),
                inputs.subnet().getSpec().availabilityZone(),
                wanted(inputs),
                whereItsDiskLies(instance, candidates.all(context), context),
                tenants(context));
    }

    /** Whether a host of a zone could be chosen for an instance that has none. */
    boolean hasRoom(Instance instance, String zone, Room wanted, Context<Instance> context) {
        return Placer.choose(
                        zone, wanted, whereItsDiskLies(instance, candidates.all(context), context), tenants(context))
                instanceof Decision.Placed;
    }

    /** Whether an instance that has a host may take another type there. */
    Decision resize(Instance instance, InstanceInputs inputs, Context<Instance> context) {
        var host = InstancePlanner.host(instance).orElseThrow();
        return Placer.choose(
                inputs.subnet().getSpec().availabilityZone(),
                wanted(inputs),
                candidates.all(context).stream()
                        .filter(candidate -> candidate.host().equals(host))
                        .toList(),
                tenants(context).stream()
                        .filter(tenant ->
                                !tenant.uid().equals(instance.getMetadata().getUid()))
                        .toList());
    }

    /** Forgets an instance that is gone. */
    void forget(Instance instance) {
        ledger.forget(instance.getMetadata().getUid());
    }

    private static Room wanted(InstanceInputs inputs) {
        return InstancePlanner.room(
                inputs.type().getSpec(), inputs.root().map(RootVolume::sizeGiB).orElse(0));
    }

    /** The host that is ordered to adopt a disk for the instance's root volume; every host when none is. */
    private static List<Candidate> whereItsDiskLies(
            Instance instance, List<Candidate> candidates, Context<Instance> context) {
        var root = InstancePlanner.volumeName(instance);
        var ordered = Cached.of(context, Host.class)
                .all()
                .filter(host -> AdoptionOrders.diskFor(
                                host, instance.getMetadata().getNamespace(), root)
                        .isPresent())
                .map(host -> host.getMetadata().getName())
                .collect(Collectors.toSet());
        return ordered.isEmpty()
                ? candidates
                : candidates.stream()
                        .filter(candidate -> ordered.contains(candidate.host()))
                        .toList();
    }

    private static List<Tenant> tenants(Context<Instance> context) {
        Map<String, InstanceType> types = Cached.of(context, InstanceType.class)
                .all()
                .collect(Collectors.toMap(type -> type.getMetadata().getName(), Function.identity()));
        var volumes = Cached.of(context, Volume.class);
        List<Tenant> tenants = new ArrayList<>();
        context.getPrimaryCache()
                .list(instance -> InstancePlanner.host(instance).isPresent())
                .forEach(instance -> tenants.add(tenant(instance, types, volumes)));
        volumes.all()
                .filter(volume ->
                        volume.getStatus() != null && volume.getStatus().host() != null)
                .filter(volume -> volume.getMetadata().getOwnerReferences().isEmpty())
                .forEach(volume -> tenants.add(new Tenant(
                        volume.getMetadata().getUid(),
                        volume.getStatus().host(),
                        new Room(0, 0, volume.getSpec().size()))));
        return tenants;
    }

    private static Tenant tenant(Instance instance, Map<String, InstanceType> types, Cached<Volume> volumes) {
        var disk = volumes.find(instance.getMetadata().getNamespace(), InstancePlanner.volumeName(instance))
                .map(volume -> volume.getSpec().size())
                .orElse(0);
        var room = Optional.ofNullable(types.get(instance.getSpec().instanceType()))
                .map(type -> InstancePlanner.room(type.getSpec(), disk))
                .orElse(Room.NONE);
        return new Tenant(
                instance.getMetadata().getUid(), InstancePlanner.host(instance).orElseThrow(), room);
    }
}

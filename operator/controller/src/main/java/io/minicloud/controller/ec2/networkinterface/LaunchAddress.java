package io.minicloud.controller.ec2.networkinterface;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.Instance;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.NetworkInterfaceStatus.Association;
import io.minicloud.api.host.HostInterface;
import io.minicloud.api.host.HostInterfaceSpec;
import io.minicloud.controller.address.AddressClaims;
import io.minicloud.controller.address.AddressHolder;
import io.minicloud.controller.attachment.Attachments;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.ipam.AddressRequest;
import io.minicloud.controller.ipam.PoolAddresses;
import io.minicloud.controller.publicaddress.AddressPools;
import io.minicloud.controller.publicaddress.LaunchAddressReason;
import io.minicloud.controller.publicaddress.LaunchAddresses;
import io.minicloud.controller.publicaddress.PublicAddressIndexes;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Judgement;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Claims the public address that an interface has while its instance runs, and gives it back. */
final class LaunchAddress {
    private final AddressClaims addresses;

    LaunchAddress(PlanExecutor executor) {
        this.addresses = new AddressClaims(executor, AddressPools.PREFIX);
    }

    /**
     * By which public address the world is to know the interface.
     *
     * @param elasticIp the association with an ElasticIp, which goes before
     */
    PublicReach reach(NetworkInterface eni, @Nullable Association elasticIp, Context<NetworkInterface> context) {
        if (!LaunchAddresses.isAsked(eni)) {
            return new PublicReach(elasticIp, elasticIp, null);
        }
        var instance = InterfacePorts.instance(eni, context);
        return LaunchAddressRules.withheld(eni, instance, elasticIp != null, hasOthers(eni, instance, context))
                .map(why -> new PublicReach(elasticIp, elasticIp, why))
                .orElseGet(() -> Judgement.fold(
                        hold(eni, context),
                        own -> new PublicReach(
                                own,
                                LaunchAddresses.recorded(eni)
                                        .filter(own::equals)
                                        .orElse(null),
                                Progress.done(LaunchAddressReason.Assigned, "")),
                        (reason, message) -> new PublicReach(null, null, Progress.pending(reason, message))));
    }

    /**
     * Gives back what nobody uses: neither a port that is there, nor the status as it was read, by which another controller
     * may be about to make one.
     */
    void releaseUnused(
            NetworkInterface eni, PublicReach reach, List<HostInterface> ports, Context<NetworkInterface> context) {
        if (reach.isRecording()) {
            return;
        }
        var used = Stream.concat(
                        LaunchAddresses.recorded(eni).map(Association::publicIp).stream(),
                        ports.stream()
                                .flatMap(PublicAddressIndexes::pairs)
                                .map(HostInterfaceSpec.PublicAddress::publicIp))
                .collect(Collectors.toSet());
        addresses.releaseUnused(holder(eni), used::contains, context);
    }

    /** Gives everything back: no port is left. */
    void release(NetworkInterface eni, Context<NetworkInterface> context) {
        addresses.release(holder(eni), context);
    }

    private static boolean hasOthers(
            NetworkInterface eni, Optional<Instance> instance, Context<NetworkInterface> context) {
        return instance.map(Attachments::instanceId)
                .filter(id -> !InterfaceAttachment.others(eni, id, context).isEmpty())
                .isPresent();
    }

    private Resolution<Association> hold(NetworkInterface eni, Context<NetworkInterface> context) {
        return addresses
                .standing(holder(eni), context)
                .<Resolution<Association>>map(claim ->
                        new Resolution.Resolved<>(LaunchAddresses.association(claim.address(), claim.rangeId())))
                .orElseGet(() -> LaunchAddresses.pool(
                                Cached.of(context, AddressPool.class).all().toList())
                        .then(pool -> addresses
                                .hold(holder(eni), wish(eni, pool), context)
                                .then(address -> new Resolution.Resolved<>(
                                        LaunchAddresses.association(address, AddressPools.id(pool))))));
    }

    private static AddressHolder holder(NetworkInterface eni) {
        var recorded = LaunchAddresses.recorded(eni);
        return AddressHolder.of(
                eni,
                recorded.map(Association::publicIpv4Pool).orElse(null),
                recorded.map(Association::publicIp).orElse(null));
    }

    private static AddressRequest wish(NetworkInterface eni, AddressPool pool) {
        return new AddressRequest(
                AddressPools.id(pool),
                PoolAddresses.of(AddressPools.ranges(pool)),
                null,
                holder(eni).owner());
    }
}

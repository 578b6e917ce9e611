package io.minicloud.controller.ec2.addresspool;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.common.Labels;
import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.host.DnsServer;
import io.minicloud.api.host.DnsServerSpec;
import io.minicloud.controller.address.AddressClaims;
import io.minicloud.controller.address.AddressHolder;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.change.ContextObjectWriter;
import io.minicloud.controller.ipam.AddressRequest;
import io.minicloud.controller.ipam.PoolAddresses;
import io.minicloud.controller.publicaddress.AddressPools;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.reconcile.plan.PlanExecutor;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The address of a pool at which hosts answer for names: claimed like every other, so nobody else gets it, and told to the hosts. */
final class PoolDnsAddress {
    private static final String ROUTED = "Routed";

    private final AddressClaims claims;
    private final PlanExecutor executor;

    PoolDnsAddress(PlanExecutor executor) {
        this.claims = new AddressClaims(executor, AddressPools.PREFIX);
        this.executor = executor;
    }

    /**
     * Lets the hosts answer at the address that the spec names, or at none. The one before goes when they are told.
     *
     * @param ranges those of the pool
     * @return the ranges, or who has the address
     */
    Resolution<List<String>> serve(AddressPool pool, List<String> ranges, Context<AddressPool> context) {
        var wanted = pool.getSpec().dnsAddress();
        if (wanted == null) {
            withdraw(pool, context);
            return new Resolution.Resolved<>(ranges);
        }
        var held = claims.all(holder(pool), context).contains(wanted)
                ? new Resolution.Resolved<>(wanted)
                : claims.another(holder(pool), wish(pool, ranges, wanted), context);
        return held.then(address -> {
            change(pool, List.of(server(pool, address)), context);
            claims.releaseOthers(holder(pool), address, context);
            return new Resolution.Resolved<>(ranges);
        });
    }

    /** Lets the hosts answer at no address of a pool. */
    void withdraw(AddressPool pool, Context<AddressPool> context) {
        change(pool, List.of(), context);
        claims.release(holder(pool), context);
    }

    private void change(AddressPool pool, List<DnsServer> desired, Context<AddressPool> context) {
        var observed = Cached.of(context, DnsServer.class).find(Labels.FABRIC_NAMESPACE, AddressPools.id(pool)).stream()
                .toList();
        executor.execute(
                "AddressPool " + pool.getMetadata().getName(),
                Changes.between(desired, observed).plan(new ContextObjectWriter(context)));
    }

    private static DnsServer server(AddressPool pool, String address) {
        var spec = pool.getSpec();
        var server = new DnsServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withNamespace(Labels.FABRIC_NAMESPACE)
                .withName(AddressPools.id(pool))
                .withLabels(Map.of(
                        Labels.MANAGED_BY, Labels.MANAGER,
                        Labels.OWNER_KIND, pool.getKind().toLowerCase(Locale.ROOT),
                        Labels.OWNER_UID, pool.getMetadata().getUid()))
                .withAnnotations(Map.of(Labels.OWNER_NAME, pool.getMetadata().getName()))
                .build());
        server.setSpec(
                new DnsServerSpec(address, Optional.ofNullable(spec.mode()).orElse(ROUTED), spec.uplink()));
        return server;
    }

    private static AddressRequest wish(AddressPool pool, List<String> ranges, String address) {
        return new AddressRequest(
                AddressPools.id(pool),
                PoolAddresses.of(ranges),
                address,
                holder(pool).owner());
    }

    /** A pool is in no namespace. */
    private static AddressHolder holder(AddressPool pool) {
        var meta = pool.getMetadata();
        return new AddressHolder(new AddressRequest.Owner(pool.getKind(), "", meta.getName(), meta.getUid()), null);
    }
}

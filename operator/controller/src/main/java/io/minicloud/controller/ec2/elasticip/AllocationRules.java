package io.minicloud.controller.ec2.elasticip;

import io.minicloud.api.ec2.AddressPool;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.controller.loadbalancing.LoadBalancers;
import io.minicloud.controller.publicaddress.AddressPools;
import io.minicloud.controller.publicaddress.Associations;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.Collection;
import java.util.stream.Collectors;

/** Whether an ElasticIp may have an address, and from where. Pure. */
final class AllocationRules {
    private AllocationRules() {}

    /**
     * Whether it is one of the first that the quota has room for. Those that wait for an address count too; who has one
     * keeps it. The addresses of a load balancer are outside of it, as AWS's own are there.
     *
     * @param eip the ElasticIp
     * @param siblings those of the account, itself included or not
     * @param quota how many an account may have
     * @return itself
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html">Elastic IP address quota</a>
     */
    static Resolution<ElasticIp> withinQuota(ElasticIp eip, Collection<ElasticIp> siblings, int quota) {
        var senior = siblings.stream()
                .filter(other ->
                        !other.getMetadata().getName().equals(eip.getMetadata().getName()))
                .filter(other -> LoadBalancers.maker(other).isEmpty())
                .filter(other -> Seniority.<ElasticIp>order().compare(other, eip) < 0)
                .count();
        return Associations.isAllocated(eip) || LoadBalancers.maker(eip).isPresent() || senior < quota
                ? new Resolution.Resolved<>(eip)
                : new Resolution.Waiting<>(
                        ElasticIpReason.AddressLimitExceeded,
                        "an account may have " + quota
                                + " of these: delete one, or an administrator raises quotas.elasticIps");
    }

    /**
     * The pool that an ElasticIp gets its address from: that which it has one of, the one that it names, or the only one.
     *
     * @param eip the ElasticIp
     * @param pools all pools
     */
    static Resolution<AddressPool> pool(ElasticIp eip, Collection<AddressPool> pools) {
        var ref = eip.getSpec().addressPoolRef();
        var before = eip.getStatus() == null ? null : eip.getStatus().publicIpv4Pool();
        var meant = pools.stream()
                .filter(pool -> before == null || AddressPools.id(pool).equals(before))
                .filter(pool -> ref == null || pool.getMetadata().getName().equals(ref.name()))
                .toList();
        if (meant.isEmpty()) {
            return new Resolution.Waiting<>(
                    ElasticIpReason.AddressPoolNotFound,
                    (ref == null ? "there is no AddressPool" : "AddressPool " + ref.name() + " does not exist")
                            + ": an administrator makes one");
        }
        return meant.size() > 1
                ? new Resolution.Invalid<>(
                        ElasticIpReason.AddressPoolRefMissing,
                        "there are several pools, make a new one with addressPoolRef: "
                                + meant.stream()
                                        .map(pool -> pool.getMetadata().getName())
                                        .sorted()
                                        .collect(Collectors.joining(", ")))
                : usable(meant.getFirst());
    }

    private static Resolution<AddressPool> usable(AddressPool pool) {
        var name = "AddressPool " + pool.getMetadata().getName();
        if (pool.isMarkedForDeletion()) {
            return new Resolution.Waiting<>(ElasticIpReason.AddressPoolTerminating, name + " is being deleted");
        }
        return AddressPools.ranges(pool).isEmpty()
                ? new Resolution.Waiting<>(
                        ElasticIpReason.AddressPoolNotAccepted, name + " is not accepted; see its status")
                : new Resolution.Resolved<>(pool);
    }
}

package io.minicloud.controller.ec2.natgateway;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.minicloud.api.ec2.ElasticIp;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.NatGateway;
import io.minicloud.api.ec2.NetworkInterface;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.api.organizations.Account;
import io.minicloud.controller.derived.Derived;
import io.minicloud.controller.internetgateway.InternetGateways;
import io.minicloud.controller.natgateway.NatGatewayIndexes;
import io.minicloud.controller.natgateway.NatGateways;
import io.minicloud.controller.publicaddress.GatewayAddresses;
import io.minicloud.controller.resolver.Cached;
import io.minicloud.controller.resolver.Indexes;
import io.minicloud.controller.resolver.References;
import io.minicloud.reconcile.identity.AwsId;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.List;
import java.util.Optional;

/** Follows the references of a gateway. */
final class NatGatewayResolver {
    private final NatGateway gateway;
    private final Context<NatGateway> context;
    private final int quota;
    private final String namespace;

    NatGatewayResolver(NatGateway gateway, Context<NatGateway> context, int quota) {
        this.gateway = gateway;
        this.context = context;
        this.quota = quota;
        this.namespace = gateway.getMetadata().getNamespace();
    }

    /** Everything, in the order in which a person would mend it. */
    Resolution<GatewayInputs> resolve() {
        return account().then(account -> subnet().then(subnet -> vpc(subnet).then(vpc -> GatewayRules.withinQuota(
                        gateway, siblings(subnet), quota)
                .then(within -> eip().then(eip -> attached(vpc, eip)
                        .then(reached -> new Resolution.Resolved<>(new GatewayInputs(account, subnet, vpc, eip))))))));
    }

    private Resolution<String> account() {
        return References.account(
                namespace, Cached.of(context, Account.class).by(Indexes.ACCOUNT_NAMESPACE, namespace));
    }

    private Resolution<Subnet> subnet() {
        var name = gateway.getSpec().subnetRef().name();
        return References.subnet(name, Cached.of(context, Subnet.class).find(namespace, name), placed());
    }

    private Resolution<Vpc> vpc(Subnet subnet) {
        var name = subnet.getSpec().vpcRef().name();
        return References.vpc(name, Cached.of(context, Vpc.class).find(namespace, name), placed());
    }

    /** From the cache whose events wake this gateway: another one may still hold a sibling that is gone. */
    private List<NatGateway> siblings(Subnet subnet) {
        var zone = subnet.getSpec().availabilityZone();
        var subnets = Cached.of(context, Subnet.class);
        return Cached.of(context, NatGateway.class)
                .all()
                .filter(other -> other.getMetadata().getNamespace().equals(namespace))
                .filter(other -> subnets.find(
                                namespace, other.getSpec().subnetRef().name())
                        .filter(home -> home.getSpec().availabilityZone().equals(zone))
                        .isPresent())
                .toList();
    }

    private Resolution<Optional<ElasticIp>> eip() {
        var ref = gateway.getSpec().elasticIpRef();
        if (ref == null) {
            return new Resolution.Resolved<>(Optional.empty());
        }
        var found = Cached.of(context, ElasticIp.class).find(namespace, ref.name());
        var naming = Cached.of(context, NatGateway.class)
                .by(NatGatewayIndexes.ELASTIC_IP, Indexes.key(namespace, ref.name()));
        var holder = found.flatMap(eip -> GatewayAddresses.holder(eip, naming, this::made));
        return GatewayRules.address(gateway, found, holder).then(eip -> new Resolution.Resolved<>(Optional.of(eip)));
    }

    private Optional<NetworkInterface> made(NatGateway other) {
        return Cached.of(context, NetworkInterface.class)
                .find(namespace, NatGatewayPlanner.interfaceName(other))
                .filter(eni -> Derived.isChild(eni, other));
    }

    /** A public gateway reaches the world through the internet gateway of its VPC. */
    private Resolution<Vpc> attached(Vpc vpc, Optional<ElasticIp> eip) {
        var id = AwsId.of("vpc", vpc.getMetadata().getUid());
        var gateways = InternetGateways.of(Cached.of(context, InternetGateway.class), Indexes.key(vpc), id);
        return eip.isEmpty() || InternetGateways.attached(id, gateways).isPresent()
                ? new Resolution.Resolved<>(vpc)
                : new Resolution.Waiting<>(
                        NatGatewayReason.GatewayNotAttached,
                        "Vpc " + vpc.getMetadata().getName()
                                + " has no internet gateway: attach an InternetGateway to it");
    }

    private boolean placed() {
        return NatGateways.host(gateway).isPresent();
    }
}

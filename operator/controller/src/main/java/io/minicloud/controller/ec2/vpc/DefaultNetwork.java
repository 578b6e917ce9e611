package io.minicloud.controller.ec2.vpc;

import io.fabric8.kubernetes.client.CustomResource;
import io.minicloud.api.common.LocalRef;
import io.minicloud.api.ec2.InternetGateway;
import io.minicloud.api.ec2.InternetGatewaySpec;
import io.minicloud.api.ec2.RouteTable;
import io.minicloud.api.ec2.RouteTableSpec;
import io.minicloud.api.ec2.Subnet;
import io.minicloud.api.ec2.SubnetSpec;
import io.minicloud.api.ec2.Vpc;
import io.minicloud.controller.change.Changes;
import io.minicloud.controller.change.Progress;
import io.minicloud.controller.resolver.Seniority;
import io.minicloud.reconcile.resolve.Resolution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What a default VPC begins with: an internet gateway, a main route table that leads to it, and a public subnet of 4,096 addresses
 * in each zone. All of it is the user's from then on: what is deleted or changed stays so. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html">Default VPC components</a>
 */
final class DefaultNetwork {
    private static final String EVERYWHERE = "0.0.0.0/0";

    /** So many /20 ranges there are in a /16. */
    private static final int ZONES = 16;

    private DefaultNetwork() {}

    static boolean isDefault(Vpc vpc) {
        return Boolean.TRUE.equals(vpc.getSpec().isDefault());
    }

    /**
     * Whether the VPC may be the default one, of which an account has one.
     *
     * @param vpcs those of the account
     */
    static Resolution<Vpc> judge(Vpc vpc, Collection<Vpc> vpcs) {
        var senior = vpcs.stream().filter(DefaultNetwork::isDefault).min(Seniority.order());
        return senior.filter(one -> isDefault(vpc)
                        && !one.getMetadata().getName().equals(vpc.getMetadata().getName()))
                .<Resolution<Vpc>>map(one -> new Resolution.Waiting<>(
                        VpcReason.DefaultVpcAlreadyExists,
                        "Vpc %s is the default VPC of this account: delete it, or leave out isDefault here"
                                .formatted(one.getMetadata().getName())))
                .orElseGet(() -> new Resolution.Resolved<>(vpc));
    }

    /**
     * All that it begins with.
     *
     * @param zones those that hosts serve
     */
    static List<CustomResource<?, ?>> of(Vpc vpc, SortedSet<String> zones) {
        var all = new ArrayList<CustomResource<?, ?>>(List.of(gateway(vpc), table(vpc)));
        var ordered = zones.stream().limit(ZONES).toList();
        IntStream.range(0, ordered.size())
                .mapToObj(place -> subnet(vpc, ordered.get(place), place))
                .forEach(all::add);
        return all;
    }

    /**
     * What is to be written of it.
     *
     * @param found what has the kind and name of one of them
     */
    static Changes<CustomResource<?, ?>> missing(
            List<CustomResource<?, ?>> wanted, Function<CustomResource<?, ?>, Optional<CustomResource<?, ?>>> found) {
        return new Changes<>(
                wanted.stream().filter(child -> found.apply(child).isEmpty()).toList(), List.of());
    }

    /**
     * Who stands in the way: an object of the name that is not the VPC's.
     *
     * @param found what has the kind and name of one of them
     */
    static Optional<Progress> taken(
            Vpc vpc,
            List<CustomResource<?, ?>> wanted,
            Function<CustomResource<?, ?>, Optional<CustomResource<?, ?>>> found) {
        return wanted.stream()
                .flatMap(child -> found.apply(child).stream())
                .filter(child -> !DefaultChild.isOwned(vpc, child))
                .findFirst()
                .map(child -> Progress.pending(
                        VpcReason.DefaultNameTaken,
                        "%s %s is not the VPC's; delete it or name the VPC otherwise"
                                .formatted(child.getKind(), child.getMetadata().getName())));
    }

    private static InternetGateway gateway(Vpc vpc) {
        var gateway = new InternetGateway();
        gateway.setMetadata(DefaultChild.metadata(vpc, DefaultChild.name(vpc)));
        gateway.setSpec(new InternetGatewaySpec(ref(vpc), null));
        return gateway;
    }

    private static RouteTable table(Vpc vpc) {
        var out = new RouteTableSpec.Route(EVERYWHERE, null, new LocalRef(DefaultChild.name(vpc)), null, null, null);
        var table = new RouteTable();
        table.setMetadata(DefaultChild.metadata(vpc, DefaultChild.name(vpc)));
        table.setSpec(new RouteTableSpec(ref(vpc), true, null, List.of(out), null));
        return table;
    }

    private static Subnet subnet(Vpc vpc, String zone, int place) {
        var subnet = new Subnet();
        subnet.setMetadata(DefaultChild.metadata(vpc, vpc.getMetadata().getName() + "-" + zone));
        subnet.setSpec(new SubnetSpec(ref(vpc), "172.31.%d.0/20".formatted(place * ZONES), zone, true, null));
        return subnet;
    }

    private static LocalRef ref(Vpc vpc) {
        return new LocalRef(vpc.getMetadata().getName());
    }
}

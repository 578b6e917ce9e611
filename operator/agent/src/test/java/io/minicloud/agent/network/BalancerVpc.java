package io.minicloud.agent.network;

import io.minicloud.agent.network.Router.Acl;
import io.minicloud.agent.network.Router.Dns;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Member;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.network.Router.Subnet;
import io.minicloud.agent.network.Routing.Route;
import io.minicloud.agent.network.Routing.Table;
import io.minicloud.agent.network.Routing.Target;
import io.minicloud.reconcile.identity.OwnerTag;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A VPC with a node of a load balancer, a target and a client beside it, another of each in a second subnet, and the world. */
final class BalancerVpc implements AutoCloseable {
    /** Everything from and to everywhere. */
    static final Rule ALL = new Rule("-1", -1, -1, "0.0.0.0/0", null);

    /** The node's address. */
    static final String NODE = "10.0.1.21";

    final Lab lab = new Lab();
    final World world = new World(lab, null);
    final String nodePublic = world.publicAddress(21);
    final Subnet subnetA = new Subnet(lab.id("subnet", "a"), "10.0.1.0/24", 1500);
    final Subnet subnetB = new Subnet(lab.id("subnet", "b"), "10.0.2.0/24", 1500);
    final String open = lab.id("sg", "open");
    final String balancer = lab.id("sg", "balancer");
    final String targets = lab.id("sg", "targets");
    final Interface node = lab.eni("1", subnetA.id(), NODE, List.of(balancer), true);
    final Interface beside = lab.eni("2", subnetA.id(), "10.0.1.31", List.of(targets), true);
    final Interface beyond = lab.eni("3", subnetB.id(), "10.0.2.31", List.of(targets), true);
    final Interface near = lab.eni("4", subnetA.id(), "10.0.1.41", List.of(open), true);
    final Interface far = lab.eni("5", subnetB.id(), "10.0.2.41", List.of(open), true);
    final OwnerTag owner =
            new OwnerTag(lab.owner().installationId(), lab.owner().hostNamespace(), "hostappliance", lab.run);

    /** The node as an appliance. */
    Appliance appliance(List<Integer> openPorts, boolean transparent, Appliance.Balanced... balanced) {
        return new Appliance(
                lab.id("elb", "n"),
                owner,
                lab.id("vpc", "v"),
                List.of(new Appliance.Interface(node.id(), node.mac(), node.addresses(), subnetA)),
                null,
                openPorts,
                transparent,
                List.of(balanced));
    }

    /** Makes all of it. */
    void boot(Router router, Appliance appliance) {
        lab.apply(router);
        List.of(beside, beyond, near, far).forEach(eni -> lab.boot(router, eni));
        lab.apply(router, appliance);
    }

    /**
     * The VPC.
     *
     * @param ofNode what the group of the node lets out; it lets everything in
     * @param ofTargets what the group of the targets lets in; with {@link #ALL} it lets everything out, else nothing
     */
    Router router(Rule ofNode, Rule... ofTargets) {
        var everything = List.of(ALL);
        return new Router(
                lab.id("vpc", "v"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(subnetA, subnetB),
                List.of(node, beside, beyond, near, far),
                List.of(
                        new Group(open, everything, everything),
                        new Group(balancer, everything, List.of(ofNode)),
                        new Group(targets, List.of(ofTargets), ofTargets[0].equals(ALL) ? everything : List.of())),
                Map.of(
                        balancer,
                        List.of(new Member(node.id(), NODE)),
                        open,
                        List.of(new Member(near.id(), "10.0.1.41"), new Member(far.id(), "10.0.2.41"))),
                List.of(),
                new Routing(
                        List.of(new Table(
                                lab.id("rtb", "all"),
                                List.of(subnetA.id(), subnetB.id()),
                                List.of(new Route("0.0.0.0/0", Target.INTERNET_GATEWAY, null)))),
                        new InternetGateway(lab.id("igw", "g"), Map.of(NODE, nodePublic)),
                        Set.of(node.id())));
    }

    static Router copy(Router it, List<Acl> acls, Routing routing) {
        return new Router(
                it.vpcId(),
                it.owner(),
                it.ranges(),
                it.dns(),
                it.link(),
                it.subnets(),
                it.interfaces(),
                it.groups(),
                it.members(),
                acls,
                routing);
    }

    @Override
    public void close() {
        world.close();
        lab.close();
    }
}

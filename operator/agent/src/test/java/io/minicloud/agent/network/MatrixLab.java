package io.minicloud.agent.network;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The network of the matrix in the kernel, with an open socket in each guest. Needs root. */
final class MatrixLab implements AutoCloseable {
    private final Map<String, RawSocket> sockets = new LinkedHashMap<>();
    private final Prober prober = new Prober(sockets);
    private final Lab lab;
    private final World world;
    private final MatrixNetwork network;

    /**
     * Makes it.
     *
     * @param around what rules pass through on their way to the kernel
     */
    MatrixLab(UnaryOperator<PacketFilter> around) {
        lab = new Lab(around);
        world = new World(lab, null);
        network = new MatrixNetwork(lab, world.address(), world::publicAddress);
    }

    void boot() throws IOException {
        network.routers().forEach(lab::apply);
        for (var named : network.interfaces().entrySet()) {
            var eni = named.getValue();
            lab.boot(network.routerOf(eni), eni);
            sockets.put(named.getKey(), lab.entry.call(lab.guest(eni), RawSocket::open));
        }
        for (var address :
                network.worldAddresses().subList(1, network.worldAddresses().size())) {
            lab.run("ip", "-n", world.namespace(), "address", "add", address + "/32", "dev", "eth0");
            lab.run("ip", "route", "add", address + "/32", "via", world.address());
        }
        sockets.put(MatrixNetwork.WORLD, lab.entry.call(world.namespace(), RawSocket::open));
    }

    MatrixNetwork network() {
        return network;
    }

    List<String> mistakes(List<Probe> probes) {
        return prober.mistakes(probes);
    }

    /** Brings the first VPC to what is wanted now and forgets the flows of earlier probes. */
    void applyAnew(Router router) {
        lab.apply(router);
        for (var namespace :
                List.of(router.namespace(), router.routing().gateway().namespace())) {
            lab.run("ip", "netns", "exec", namespace, "conntrack", "--flush");
        }
    }

    /** The sockets first: an open one would keep its namespace. */
    @Override
    public void close() {
        sockets.values().forEach(RawSocket::close);
        world.close();
        lab.close();
    }
}

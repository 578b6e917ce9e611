package io.minicloud.agent.proxy;

import static io.minicloud.agent.proxy.ProxyLab.address;
import static io.minicloud.agent.proxy.Specs.draining;
import static io.minicloud.agent.proxy.Specs.fixed;
import static io.minicloud.agent.proxy.Specs.group;
import static io.minicloud.agent.proxy.Specs.http;
import static io.minicloud.agent.proxy.Specs.proxy;
import static io.minicloud.agent.proxy.Specs.rule;
import static io.minicloud.agent.proxy.Specs.target;
import static io.minicloud.agent.proxy.Specs.to;
import static io.minicloud.agent.proxy.Specs.when;

import io.minicloud.api.host.ProxyListener;
import io.minicloud.api.host.ProxyRule;
import io.minicloud.api.host.ProxySpec;
import io.minicloud.api.host.ProxyTargetGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.SocketFactory;

/**
 * One change after the other of a proxy with a listener of each kind: of its targets, which come, drain and go at run time, and in turns
 * of its rules, its certificate and its listeners, for which a new process begins.
 */
final class ProxyChanges {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int BYTES = 9000;
    private static final int PASSING = 7000;

    /** Of three changes of which one begins a new process. */
    private static final int IN_TURNS = 3;

    private static final int KINDS = 3;
    private static final int FIRST_TARGET = 11;

    private final ProxyLab lab;
    private final List<String> certificates;
    private int number;
    private int ofTargets;
    private int ofRules;
    private int ofCertificates;
    private int ofListeners;
    private int leaving;
    private int step;

    /**
     * Changes of a lab that has targets at 198.18.77.11 to 14.
     *
     * @param home where keys may lie
     */
    ProxyChanges(ProxyLab lab, Path home) throws IOException {
        this.lab = lab;
        this.certificates = List.of(Certificates.make(home, "one.lab"), Certificates.make(home, "two.lab"));
    }

    /** Serves until all targets are healthy. */
    void begin() {
        lab.certificate("site", certificates.getFirst());
        lab.settle(spec());
        for (int last = FIRST_TARGET; last < FIRST_TARGET + 4; last++) {
            lab.await(spec(), 1, last, "Healthy");
            lab.await(spec(), 2, last, "Healthy");
        }
        lab.settle(spec());
    }

    /** Clients of every listener. */
    SteadyLoad load() {
        var load = new SteadyLoad();
        var plain = SocketFactory.getDefault();
        var encrypted = Certificates.trustingAll();
        load.keepAlive("HTTP, kept", 4, plain, HTTP);
        load.fresh("HTTP, new", 2, plain, HTTP);
        load.keepAlive("HTTPS, kept", 2, encrypted, HTTPS);
        load.fresh("HTTPS, new", 1, encrypted, HTTPS);
        load.fresh("TCP, new", 2, plain, BYTES);
        load.lasting("TCP, kept", 2, BYTES);
        return load;
    }

    /** Makes the next one, and passes until it is in force. */
    void next() {
        number++;
        if (number % IN_TURNS != 0) {
            ofTargets++;
            step++;
        } else {
            switch (number / IN_TURNS % KINDS) {
                case 0 -> ofRules++;
                case 1 -> {
                    ofCertificates++;
                    lab.certificate("site", certificates.get(ofCertificates % 2));
                }
                default -> ofListeners++;
            }
        }
        while (lab.pass(spec()).state() != ProxyFinding.State.InForce) {
            Thread.onSpinWait();
        }
        leaving = Math.max(leaving, lab.state().leaving().size());
    }

    /** One pass with another rule than the last that is in force; whether it is in force then. */
    boolean tryToReload() {
        ofRules++;
        if (lab.pass(spec()).state() == ProxyFinding.State.InForce) {
            number++;
            return true;
        }
        ofRules--;
        return false;
    }

    /** Passes until nothing is left to do. */
    void settle() {
        lab.settle(spec());
    }

    int ofTargets() {
        return ofTargets;
    }

    /** Those for which a new process begins. */
    int reloads() {
        return ofRules + ofCertificates + ofListeners;
    }

    /** The most processes that were there at a time to end what they began. */
    int leaving() {
        return leaving;
    }

    @Override
    public String toString() {
        return "%,d changes: %,d of targets, %,d of rules, %,d of certificates, %,d of listeners, at most %d processes that end"
                .formatted(number, ofTargets, ofRules, ofCertificates, ofListeners, leaving);
    }

    private ProxySpec spec() {
        var tls = new ProxyListener.Tls(List.of("site"), "TLSv1.2", null, null, null);
        var rules = Stream.of(
                        rule(1, fixed(200, "text/plain", "1"), when("path-pattern", "/change-" + ofRules)),
                        rule(2, fixed(200, "text/plain", "2"), when("host-header", "change-" + ofRules + ".lab")))
                .limit(1 + ofRules % 2)
                .toArray(ProxyRule[]::new);
        var listeners = new ArrayList<>(List.of(
                http(HTTP, to(group(1)), rules),
                new ProxyListener(HTTPS, "HTTPS", tls, List.of(), to(group(1))),
                new ProxyListener(BYTES, "TCP", null, null, to(group(2)))));
        if (ofListeners % 2 == 1) {
            listeners.add(http(PASSING, to(group(1))));
        }
        return proxy(listeners, Specs.of(1, null, targets()), bytes());
    }

    private ProxyTargetGroup bytes() {
        var it = Specs.targets(2);
        return new ProxyTargetGroup(
                it.targetGroupId(), "TCP", it.algorithm(), null, null, it.healthCheck(), targets(), null, null, null);
    }

    /** In turns one of four drains, is gone, and is there again. */
    private List<ProxyTargetGroup.Target> targets() {
        int turned = FIRST_TARGET + step / KINDS % 4;
        var targets = new ArrayList<ProxyTargetGroup.Target>();
        for (int last = FIRST_TARGET; last < FIRST_TARGET + 4; last++) {
            if (last != turned || step % KINDS == 0) {
                targets.add(target(address(last)));
            } else if (step % KINDS == 1) {
                targets.add(draining(address(last)));
            }
        }
        return targets;
    }
}

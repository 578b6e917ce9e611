package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.minicloud.agent.network.Router.Acl;
import io.minicloud.agent.network.Router.AclEntry;
import io.minicloud.agent.network.Router.Dns;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Member;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.agent.network.Router.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A router that changes step by step holds the same rules as one that had them from the beginning. Needs root. */
class RulesetChangeHostIT {
    private static final int STEPS = 40;
    private static final List<Rule> EVERYTHING = List.of(new Rule("-1", -1, -1, "0.0.0.0/0", null));

    private final Lab lab = new Lab();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final String subnet = lab.id("subnet", "a");
    private final String web = lab.id("sg", "web");
    private final String data = lab.id("sg", "data");
    private int parts;

    @AfterEach
    void cleanUp() {
        lab.close();
    }

    @Test
    void whatChangesIsLoadedAndTheRestStays() {
        var router = any();
        lab.apply(router);
        for (var step = 0; step < STEPS; step++) {
            var next = any();
            countParts(next);
            lab.apply(next);

            assertThat(lab.filter.listing(next.namespace(), RulesetRenderer.FAMILIES))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(Optional.of(new NftPacketFilter(lab.commands)
                            .normal(RulesetRenderer.FAMILIES, new RulesetRenderer().render(next))));
            assertThat(lab.planFor(next).describe())
                    .as("seed %d, step %d", seed, step)
                    .isEmpty();
        }
        assertThat(parts).as("changes that were no whole ruleset").isGreaterThan(STEPS / 4);
    }

    private void countParts(Router next) {
        parts += (int) lab.planFor(next).actions().stream()
                .map(RouterSteps.Step.class::cast)
                .filter(step -> step.describe().startsWith("load the rules"))
                .filter(step -> !step.script().contains("delete table"))
                .count();
    }

    /** Interfaces, members and rules at random; seldom another set of groups, which declares other chains. */
    private Router any() {
        var enis = IntStream.range(0, 2 + random.nextInt(4)).mapToObj(this::eni).toList();
        return new Router(
                lab.id("vpc", "v"),
                lab.owner(),
                List.of("10.0.0.0/16"),
                new Dns(true, "home-1.compute.internal"),
                null,
                List.of(new Subnet(subnet, "10.0.1.0/24", 1500)),
                enis,
                List.of(
                        new Group(web, rules(null), EVERYTHING),
                        new Group(data, rules(web), random.nextInt(4) == 0 ? List.of() : EVERYTHING)),
                Map.of(
                        web,
                        enis.stream()
                                .map(eni -> new Member(eni.id(), eni.addresses().getFirst()))
                                .toList()),
                List.of(new Acl(lab.id("acl", "a"), List.of(subnet), entries(), entries())),
                Routing.LOCAL);
    }

    private Interface eni(int number) {
        var id = lab.id("eni", "e" + number);
        var groups = random.nextInt(8) == 0 ? List.of(web) : List.of(web, data);
        return new Interface(
                id,
                subnet,
                Interface.portOf(id),
                "02:00:00:00:00:0" + number,
                List.of("10.0.1." + (10 + number)),
                groups,
                random.nextBoolean(),
                null);
    }

    private List<Rule> rules(String group) {
        var open = IntStream.range(0, random.nextInt(4))
                .mapToObj(rule -> random.nextInt(1, 60000))
                .map(port ->
                        new Rule("tcp", port, port + random.nextInt(3), "10.0.%d.0/24".formatted(port % 200), null));
        return group == null
                ? open.toList()
                : Stream.concat(open, Stream.of(new Rule("-1", -1, -1, null, group)))
                        .toList();
    }

    private List<AclEntry> entries() {
        return List.of(
                new AclEntry(90, false, new Rule("tcp", 22, 22 + random.nextInt(3), "192.0.2.0/24", null)),
                new AclEntry(100, true, EVERYTHING.getFirst()));
    }
}

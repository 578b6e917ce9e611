package io.minicloud.agent.preflight;

import io.minicloud.agent.network.Ipv4Range;
import io.minicloud.agent.preflight.Obstacle.Keeper;
import io.minicloud.agent.preflight.Ruleset.Action;
import io.minicloud.agent.preflight.Ruleset.Chain;
import io.minicloud.agent.preflight.Ruleset.Rule;
import io.minicloud.agent.preflight.Ruleset.Table;
import io.minicloud.agent.preflight.Ruleset.Test;
import java.util.List;

/**
 * Follows a packet through a firewall's rules, as the kernel does: every chain at the hook must let it through, and what
 * one accepts another may still drop. Not every test can be judged from outside. Where one cannot, the packet that opens
 * a flow is taken not to match, since a door that may be open is not a door to rely on; the answer is let through by
 * such a rule, since that is how firewalls write "belongs to a known flow".
 */
final class ForwardingJudge {
    /** The kernel's own limit of jumps in jumps, NFT_JUMP_STACK_SIZE. */
    private static final int DEEPEST = 16;

    /** How far a packet meets a test. */
    private enum Match {
        YES,
        NO,
        MAYBE
    }

    private final Packet sent;
    private final Packet answered;

    ForwardingJudge(Packet sent) {
        this.sent = sent;
        this.answered = sent.answered();
    }

    /** The chains that drop the packet or its answer. */
    List<Obstacle> obstacles(Ruleset ruleset) {
        return ruleset.tables().stream()
                .flatMap(table -> table.chains().values().stream()
                        .filter(Chain::forwards)
                        .filter(chain -> drops(table, chain))
                        .map(chain -> new Obstacle(
                                keeper(table), table.program(), table.family(), table.name(), chain.name())))
                .toList();
    }

    private static Keeper keeper(Table table) {
        var chains = table.chains().keySet();
        if (table.name().equals("firewalld")) {
            return Keeper.FIREWALLD;
        }
        if (chains.stream().anyMatch(name -> name.startsWith("ufw-"))) {
            return Keeper.UFW;
        }
        return chains.contains("DOCKER-USER") ? Keeper.DOCKER : Keeper.NOBODY;
    }

    private boolean drops(Table table, Chain base) {
        return new Walk(table, sent, false).drops(base) || new Walk(table, answered, true).drops(base);
    }

    /**
     * One packet's way.
     *
     * @param table where it is
     * @param packet what goes
     * @param lenient whether a rule that may match lets it through
     */
    private record Walk(Table table, Packet packet, boolean lenient) {
        boolean drops(Chain base) {
            var end = through(base, 0);
            return end == Action.DROP || end == Action.GO_ON && base.drops();
        }

        /** ACCEPT or DROP where that is decided, else GO_ON. */
        private Action through(Chain chain, int depth) {
            for (var rule : chain.rules()) {
                var match = match(rule);
                if (match == Match.NO) {
                    continue;
                }
                var end = end(rule, depth);
                if (match == Match.MAYBE) {
                    if (lenient && end == Action.ACCEPT) {
                        return end;
                    }
                } else if (end == Action.ACCEPT || end == Action.DROP) {
                    return end;
                } else if (end == Action.RETURN) {
                    return Action.GO_ON;
                }
            }
            return Action.GO_ON;
        }

        /** What a rule that matches comes to; RETURN where the rest of its chain is left out. */
        private Action end(Rule rule, int depth) {
            if (rule.action() != Action.JUMP && rule.action() != Action.GOTO) {
                return rule.action();
            }
            var target = table.chains().get(rule.target());
            var end = target == null || depth >= DEEPEST ? Action.GO_ON : through(target, depth + 1);
            return end == Action.GO_ON && rule.action() == Action.GOTO ? Action.RETURN : end;
        }

        private Match match(Rule rule) {
            var all = rule.tests().stream().map(this::match).toList();
            if (all.contains(Match.NO)) {
                return Match.NO;
            }
            return all.contains(Match.MAYBE) ? Match.MAYBE : Match.YES;
        }

        private Match match(Test test) {
            var any = Match.NO;
            for (var value : test.values()) {
                var one = match(test, value);
                if (one == Match.YES || any == Match.NO) {
                    any = one;
                }
                if (any == Match.YES) {
                    break;
                }
            }
            if (test.field() == Ruleset.Field.OTHER) {
                any = Match.MAYBE;
            }
            if (!test.negated() || any == Match.MAYBE) {
                return any;
            }
            return any == Match.YES ? Match.NO : Match.YES;
        }

        private Match match(Test test, String value) {
            return switch (test.field()) {
                case IN_LINK -> link(value, packet.in());
                case OUT_LINK -> link(value, packet.out());
                case SOURCE -> range(value, packet.source());
                case DESTINATION -> range(value, packet.destination());
                case STATE -> sure(value.equalsIgnoreCase(packet.state()));
                case FAMILY -> sure(value.equals("ipv4"));
                case OTHER -> Match.MAYBE;
            };
        }

        /** nft ends a prefix with an asterisk, iptables with a plus. */
        private static Match link(String pattern, String name) {
            var open = pattern.endsWith("*") || pattern.endsWith("+");
            return sure(open ? name.startsWith(pattern.substring(0, pattern.length() - 1)) : name.equals(pattern));
        }

        private static Match range(String value, Ipv4Range packet) {
            try {
                var range = Ipv4Range.parse(value);
                if (!range.overlaps(packet)) {
                    return Match.NO;
                }
                return range.prefix() <= packet.prefix() ? Match.YES : Match.MAYBE;
            } catch (IllegalArgumentException e) {
                // A named set, a span from one address to another.
                return Match.MAYBE;
            }
        }

        private static Match sure(boolean matches) {
            return matches ? Match.YES : Match.NO;
        }
    }
}

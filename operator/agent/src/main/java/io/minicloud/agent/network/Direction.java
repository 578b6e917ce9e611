package io.minicloud.agent.network;

import io.minicloud.agent.network.Router.Acl;
import io.minicloud.agent.network.Router.AclEntry;
import io.minicloud.agent.network.Router.Group;
import io.minicloud.agent.network.Router.Interface;
import io.minicloud.agent.network.Router.Rule;
import io.minicloud.reconcile.identity.NetworkName;
import io.minicloud.reconcile.identity.Sha256;
import java.util.List;

/** The two ways in which rules judge a packet, and what a flow carries when a security group tracks it. */
enum Direction {
    /** By the sender's groups. */
    OUT("out", "0x1") {
        @Override
        List<Rule> rules(Group group) {
            return group.egress();
        }

        @Override
        List<AclEntry> entries(Acl acl) {
            return acl.egress();
        }

        @Override
        String ranges(String ranges) {
            return "ip daddr " + ranges;
        }

        /** Whoever has the address: what leaves for a group's member is for that address. */
        @Override
        String members(String groupId) {
            return "ip daddr @" + groupId + "_addresses";
        }
    },
    /** By the receiver's groups. */
    IN("in", "0x2") {
        @Override
        List<Rule> rules(Group group) {
            return group.ingress();
        }

        @Override
        List<AclEntry> entries(Acl acl) {
            return acl.ingress();
        }

        @Override
        String ranges(String ranges) {
            return "ip saddr " + ranges;
        }

        /** The packet must have come in by a member's own ENI, an address alone is not enough. */
        @Override
        String members(String groupId) {
            return "meta mark . ip saddr @" + groupId + "_members";
        }
    };

    /** The mark of a flow that both ends track. */
    static final String BOTH_TRACKED = "0x3";

    private final String suffix;
    private final String tracked;

    Direction(String suffix, String tracked) {
        this.suffix = suffix;
        this.tracked = tracked;
    }

    abstract List<Rule> rules(Group group);

    abstract List<AclEntry> entries(Acl acl);

    /** The words that match the other side to a range or a set of them. */
    abstract String ranges(String ranges);

    /** The words that match the other side to the members of a group. */
    abstract String members(String groupId);

    Direction other() {
        return this == OUT ? IN : OUT;
    }

    /** The bit of a flow's mark that says: the groups of this side track it. */
    String tracked() {
        return tracked;
    }

    /** The chain that lets a packet pass and has its flow tracked. */
    String tracking() {
        return "track_" + suffix;
    }

    /** The chain of the rules of a group or an ACL. */
    String chain(String id) {
        return NetworkName.chain(id, suffix);
    }

    /** The chain of an ENI's groups: one per combination of groups, not per interface. */
    String combination(Interface eni) {
        return "groups_" + Sha256.hex(String.join(",", eni.groups())).substring(0, 16) + "_" + suffix;
    }
}

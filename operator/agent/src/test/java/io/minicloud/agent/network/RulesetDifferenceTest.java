package io.minicloud.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesetDifferenceTest {
    private static final String RULES = """
            table inet minicloud
            delete table inet minicloud
            table inet minicloud {
              comment "owner"
              set members { type mark . ipv4_addr; elements = { 0x1 . 10.0.1.11, 0x2 . 10.0.1.12 } }
              set ranges { type ipv4_addr; flags interval; auto-merge; elements = { 10.0.0.0/16 } }
              map senders { type mark : verdict; elements = { 0x1 : jump web_out } }
              chain web_out {
                tcp dport 80 accept
              }
              chain sending {
                type filter hook forward priority -10; policy drop;
                meta mark vmap @senders
              }
            }
            """;

    @Test
    void theSameNeedsNothing() {
        assertThat(between(RULES, RULES)).isEmpty();
    }

    @Test
    void ofAChangedRuleItsChainIsLoaded() {
        assertThat(between(RULES, RULES.replace("dport 80", "dport 443"))).isEqualTo("""
                flush chain inet minicloud web_out
                table inet minicloud {
                  chain web_out {
                    tcp dport 443 accept
                  }
                }
                """);
    }

    @Test
    void aHookKeepsItsPlaceWhenItsRulesChange() {
        assertThat(between(RULES, RULES.replace("meta mark vmap", "meta mark 0 drop\n    meta mark vmap")))
                .isEqualTo("""
                        flush chain inet minicloud sending
                        table inet minicloud {
                          chain sending {
                            type filter hook forward priority -10; policy drop;
                            meta mark 0 drop
                            meta mark vmap @senders
                          }
                        }
                        """);
    }

    @Test
    void ofASetTheElementsComeAndGo() {
        var wanted = RULES.replace("0x2 . 10.0.1.12", "0x3 . 10.0.1.13").replace(": jump web_out }", ": accept }");

        assertThat(between(RULES, wanted)).isEqualTo("""
                delete element inet minicloud members { 0x2 . 10.0.1.12 }
                add element inet minicloud members { 0x3 . 10.0.1.13 }
                delete element inet minicloud senders { 0x1 : jump web_out }
                add element inet minicloud senders { 0x1 : accept }
                """);
    }

    @Test
    void aSetIsEmptiedAndFilled() {
        var empty = RULES.replace(" elements = { 0x1 . 10.0.1.11, 0x2 . 10.0.1.12 }", "");

        assertThat(between(RULES, empty))
                .isEqualTo("delete element inet minicloud members { 0x1 . 10.0.1.11, 0x2 . 10.0.1.12 }\n");
        assertThat(between(empty, RULES))
                .isEqualTo("add element inet minicloud members { 0x1 . 10.0.1.11, 0x2 . 10.0.1.12 }\n");
    }

    /** The kernel joins and splits ranges: what it lists need not be what was added. */
    @Test
    void rangesAreLoadedTogether() {
        assertThat(between(RULES, RULES.replace("10.0.0.0/16", "10.0.0.0/16, 10.1.0.0/16")))
                .isEqualTo("""
                flush set inet minicloud ranges
                table inet minicloud {
                  set ranges { type ipv4_addr; flags interval; auto-merge; elements = { 10.0.0.0/16, 10.1.0.0/16 } }
                }
                """);
    }

    @Test
    void whatDeclaresOtherThingsIsLoadedAsAWhole() {
        for (var loaded : new String[] {
            RULES.replace("policy drop", "policy accept"),
            RULES.replace("comment \"owner\"", "comment \"another\""),
            RULES.replace("  chain web_out {\n    tcp dport 80 accept\n  }\n", ""),
            RULES.replace("type mark . ipv4_addr", "type mark . ipv4_addr . inet_proto"),
            RULES.replace("web_out {", "web_in {"),
            ""
        }) {
            assertThat(loaded).isNotEqualTo(RULES);
            assertThat(between(loaded, RULES)).isEqualTo(RULES);
        }
        assertThat(RulesetDifference.between(Optional.empty(), RULES, RULES)).isEqualTo(RULES);
    }

    /** As nft lists it: with tabs, an element a line, a hook's line of its own. */
    @Test
    void aListingAndATransactionAreCutAlike() {
        var listing = """
                table inet minicloud {
                \tcomment "owner"
                \tset members {
                \t\ttype mark . ipv4_addr
                \t\telements = { 0x1 . 10.0.1.11,
                \t\t\t     0x2 . 10.0.1.12 }
                \t}

                \tchain web_out {
                \t\ttcp dport 80 accept
                \t}
                }
                """;
        var wanted = """
                table inet minicloud
                delete table inet minicloud
                table inet minicloud {
                  comment "owner"
                  set members { type mark . ipv4_addr; elements = { 0x1 . 10.0.1.11 } }
                  chain web_out {
                    tcp dport 443 accept
                  }
                }
                """;
        var normal = listing.replace(",\n\t\t\t     0x2 . 10.0.1.12", "").replace("dport 80", "dport 443");

        assertThat(RulesetDifference.between(Optional.of(listing), normal, wanted))
                .isEqualTo("""
                delete element inet minicloud members { 0x2 . 10.0.1.12 }
                flush chain inet minicloud web_out
                table inet minicloud {
                  chain web_out {
                    tcp dport 443 accept
                  }
                }
                """);
    }

    private static String between(String loaded, String wanted) {
        return RulesetDifference.between(Optional.of(loaded), wanted, wanted);
    }
}
